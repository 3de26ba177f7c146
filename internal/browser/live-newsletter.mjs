// The newsletter desk: what it shows of a mail, and that what it copies is the mail itself: node --test live-newsletter.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { clipboard, engine, needs } from './engine.mjs';
import {
  accessible, address, at, edit, files, folder, open, program, stays, text, write,
} from './live-preview.mjs';

const issue = 'content/newsletters/brief.md';
const desk = '/_leerblad/newsletters/brief/';
const own = {};
own['content/site.yaml'] = `${files['content/site.yaml']}newsletter: {profile: mailchimp, from: "Rédactie <redactie@example.org>", address: Plein 1}\n`;
own['content/newsletters/ander.md'] = `---
title: Ander
date: 2021-02-28
preheader: "Nog een preheader die lang genoeg is om in een postvak naast het onderwerp te staan en te blijven."
---
Een ander bericht.
`;
own[issue] = `---
title: Brief één
date: 2021-03-01
subject: Wat óók werkt <b>
preheader: "Een preheader die lang genoeg is om in een postvak naast het onderwerp te staan en te blijven."
items: [sheets/een]
---
Eerste zin van de brief. Lees [het verslag](https://example.com/verslag).

![Een vlak](../media/vlak.png)
`;

// A PNG of one colour, which a publication of texts can hold.
const crcs = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length);
  ends.writeUInt32BE((body.reduce((c, b) => crcs[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
const header = Buffer.from([0, 0, 0, 40, 0, 0, 0, 30, 8, 0, 0, 0, 0]);
write('content/media/vlak.png', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(41 * 30))), chunk('IEND', Buffer.alloc(0))]));

const permissions = ['clipboard-read', 'clipboard-write'];
// made is what the program itself makes of the issue.
const made = (format, profile = 'mailchimp') => execFileSync(program, ['newsletter', 'brief', '--content', 'content', '--theme', 'theme', '--format', format, '--profile', profile],
  { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
// frame gives the mail at a width when it shows a text.
async function frame(page, width, wanted) {
  const found = page.frameLocator(`.${width} iframe`);
  await found.getByText(wanted).first().waitFor();
  return found;
}
const colour = (found) => found.locator('body').evaluate((body) => body.ownerDocument.defaultView.getComputedStyle(body).backgroundColor);
const copied = (page, what) => text(page, `Gekopieerd: ${what}`);

test('the list of issues fills while they are written', async (t) => {
  const page = await open(t, '/_leerblad/newsletters/');
  await text(page, 'Er zijn nog geen nieuwsbrieven om te tonen.');
  Object.assign(files, own);
  for (const [name, content] of Object.entries(own)) write(name, content);
  await text(page, 'Ander');
  await text(page, 'Brief één');
  await page.getByText('✓ Bijgewerkt').first().waitFor();
  await stays(page);
});

test('copying gives the bytes of the files', async (t) => {
  const page = await open(t, desk, { permissions });
  await page.getByRole('button', { name: 'Kopieer HTML' }).click();
  await copied(page, 'Kopieer HTML');
  assert.equal(await clipboard(page), made('html'));
  await page.getByRole('button', { name: 'Kopieer tekst' }).click();
  await copied(page, 'Kopieer tekst');
  assert.equal(await clipboard(page), made('text'));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Bewaar als .eml' }).click()]);
  assert.equal(download.suggestedFilename(), 'brief.eml');
  assert.equal(readFileSync(await download.path(), 'utf8'), made('eml'));
  await stays(page);
});

// pasted gives what a program gets that pastes: HTML and text.
const pasted = (page) => (engine === 'chromium' ? read(page) : paste(page));
const read = (page) => page.evaluate(async () => {
  const [item] = await navigator.clipboard.read({ unsanitized: ['text/html'] });
  const get = async (type) => (await item.getType(type)).text();
  return { types: [...item.types].sort(), html: await get('text/html'), text: await get('text/plain') };
});

// paste does so in a field of the page.
async function paste(page) {
  await page.evaluate(() => {
    const field = document.createElement('div');
    field.contentEditable = 'true';
    field.tabIndex = 0;
    document.querySelector('main').append(field);
    field.addEventListener('paste', (event) => {
      event.preventDefault();
      const data = event.clipboardData;
      window.pasted = { types: [...data.types].filter((type) => type.startsWith('text/')).sort(), html: data.getData('text/html'), text: data.getData('text/plain') };
    });
    field.focus();
  });
  await page.keyboard.press('Control+v');
  await page.waitForFunction(() => window.pasted);
  return page.evaluate(() => window.pasted);
}

test('formatted copying gives the mail as HTML and as text', async (t) => {
  const page = await open(t, desk, { permissions });
  await page.getByRole('button', { name: 'Kopieer opgemaakt' }).click();
  await copied(page, 'Kopieer opgemaakt');
  assert.deepEqual(await pasted(page), { types: ['text/html', 'text/plain'], html: made('html'), text: made('text') });
  await stays(page);
});

test('where a page may not copy by itself, the clipboard takes the same', needs('styles'), async (t) => {
  const page = await open(t, `${desk}outlook/`, { permissions });
  await page.evaluate(() => { document.execCommand = () => false; });
  await page.getByRole('button', { name: 'Kopieer HTML' }).click();
  await copied(page, 'Kopieer HTML');
  assert.equal(await clipboard(page), made('html', 'outlook'));
  await page.getByRole('button', { name: 'Kopieer opgemaakt' }).click();
  await copied(page, 'Kopieer opgemaakt');
  const got = await pasted(page);
  assert.equal(got.text, made('text', 'outlook'));
  // Chromium writes HTML of its own: words, links, pictures and inline styles must be what they were.
  const parts = (html) => page.evaluate((source) => {
    const { body } = new DOMParser().parseFromString(source, 'text/html');
    return {
      words: body.textContent.split(/\s+/).filter(Boolean).join(' '),
      links: [...body.querySelectorAll('a')].map((a) => a.getAttribute('href')),
      styles: [...body.querySelectorAll('h1, h3, td, img')].map((e) => e.getAttribute('style')),
    };
  }, html);
  assert.deepEqual(await parts(got.html), await parts(made('html', 'outlook')));
});

test('a copy that fails says so', async (t) => {
  const page = await open(t, desk, { permissions });
  await page.evaluate(() => { document.execCommand = () => false; navigator.clipboard.write = () => Promise.reject(new Error('not allowed')); });
  await page.getByRole('button', { name: 'Kopieer HTML' }).click();
  await page.getByText('Kopiëren lukte niet', { exact: false }).waitFor();
});

test('the mail is shown light, dark, without pictures and as text, whatever the browser prefers', async (t) => {
  const days = new Set();
  for (const colorScheme of needs('looks').skip ? ['light'] : ['light', 'dark']) {
    const page = await open(t, desk, { colorScheme });
    const asked = [];
    page.on('request', (r) => asked.push(r.url()));
    const light = await frame(page, 'wide', 'Eerste zin van de brief.');
    await page.waitForFunction(() => document.querySelector('.wide iframe').style.blockSize !== '');
    assert.equal(await light.locator('img').first().evaluate((img) => img.naturalWidth), 40);
    const day = await colour(light);
    days.add(day);
    for (const [width, size] of [['wide', 600], ['narrow', 320]]) {
      const shown = await (await frame(page, width, 'Eerste zin')).locator('body').evaluate((body) => {
        const { defaultView: { innerWidth, innerHeight }, documentElement } = body.ownerDocument;
        return [innerWidth, documentElement.scrollWidth, innerHeight >= body.getBoundingClientRect().height];
      });
      assert.deepEqual(shown, [size, size, true]);
    }
    await page.getByLabel('Donker').check();
    await page.waitForFunction((was) => {
      const { body, URL: address } = document.querySelector('.wide iframe').contentDocument;
      return /show=dark/.test(address) && body && getComputedStyle(body).backgroundColor !== was;
    }, day);
    await page.getByLabel('Zonder afbeeldingen').check();
    await page.waitForFunction(() => [...document.querySelectorAll('iframe')].every(({ contentDocument: d }) => /show=plain/.test(d.URL) && d.images[0]?.complete && d.images[0].naturalWidth === 0));
    assert.equal(await colour(await frame(page, 'wide', 'Eerste zin')), day);
    await page.getByRole('radio', { name: 'Als tekst' }).check();
    assert.equal(await page.locator('pre.text').innerText(), made('text'));
    assert.equal(await page.locator('iframe').first().isVisible(), false);
    assert.deepEqual(asked.filter((url) => !url.startsWith(address)), []);
    page.problems = page.problems.filter((m) => !/^Loading the image |img-src/.test(m)); // which is wanted without pictures
    await stays(page);
  }
  assert.equal(days.size, 1);
});

test('the desk says what an inbox shows, and links to its place', async (t) => {
  const page = await open(t, desk);
  for (const shown of await page.locator('.inbox .row').allInnerTexts()) {
    assert.match(shown, /^Rédactie\s+Wat óók werkt <b>\s+Een preheader die/);
  }
  await text(page, '(onderwerp 17 tekens, preheader 94)');
  await page.goto(`${address}/nieuwsbrieven/brief/`);
  await page.getByRole('link', { name: 'Als mail' }).click();
  await page.waitForURL(`**${desk}`);
  await page.goto(`${address}/nieuwsbrieven/`);
  await page.getByRole('link', { name: 'Als mail' }).click();
  await page.locator('main').getByRole('link', { name: 'Ander' }).click();
  await text(page, 'Ander');
  await page.goto(`${address}/sheets/een/`);
  await page.getByRole('link', { name: 'Bureau' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Als mail' }).count(), 0);
});

test('another tool gives its own tags, at its own address', async (t) => {
  const page = await open(t, desk, { permissions });
  await page.getByRole('link', { name: 'brevo' }).click();
  await page.waitForURL(`**${desk}brevo/`);
  await page.locator('[aria-current=page]').getByText('brevo').waitFor();
  await page.getByRole('button', { name: 'Kopieer HTML' }).click();
  await copied(page, 'Kopieer HTML');
  assert.equal(await clipboard(page), made('html', 'brevo'));
  await page.getByRole('link', { name: 'outlook' }).click();
  await page.getByText('leerblad kent geen afmeldlink voor ‘outlook’', { exact: false }).waitFor();
  assert.equal((await fetch(`${address}${desk}brev/`)).status, 404);
});

test('the desk follows the text, and its report leads to the line', needs('leaving'), async (t) => {
  const page = await open(t, `${desk}brevo/`, { permissions });
  await page.getByLabel('Donker').check();
  await frame(page, 'narrow', 'Eerste zin van de brief.');
  await page.getByLabel('Donker').focus();
  edit(issue, 'Eerste zin van de brief.', 'Eerste zin is anders.');
  for (const width of ['wide', 'narrow']) await frame(page, width, 'Eerste zin is anders.');
  assert.match(await page.frameLocator('.wide iframe').locator('body').evaluate((body) => body.ownerDocument.URL), /show=dark$/);
  await page.getByRole('button', { name: 'Kopieer HTML' }).click();
  await copied(page, 'Kopieer HTML');
  assert.equal(await clipboard(page), made('html', 'brevo'));
  assert.match(await clipboard(page), /Eerste zin is anders/);
  edit(issue, 'subject: Wat óók werkt <b>', `subject: ${'Een lang onderwerp '.repeat(5)}`);
  const asked = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  session.on('Page.frameRequestedNavigation', ({ url }) => asked.push(url));
  await page.locator('main').getByRole('button', { name: `${issue}:4:10` }).click();
  for (let i = 0; i < 100 && !asked.some((url) => url.startsWith('vscode')); i++) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(asked.filter((url) => !url.startsWith('http')), [`vscode://file${at(issue)}:4`.replace('file//', 'file/')]);
  await stays(page);
});

test('a mistake keeps the last good mail, with the mistake over it', async (t) => {
  const page = await open(t, desk);
  edit(issue, 'items: [sheets/een]', 'items: [sheets/niets]');
  await page.locator('leerblad-preview #overlay').getByText('sheets/niets', { exact: false }).first().waitFor();
  await frame(page, 'wide', 'Eerste zin van de brief.');
  write(issue, files[issue]);
  await page.locator('leerblad-preview #overlay').waitFor({ state: 'hidden' });
  await stays(page);
});

test('all of it works by keyboard', async (t) => {
  const page = await open(t, desk, { permissions });
  const tabTo = async (name) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.value) === name) return;
    }
    assert.fail(`no ${name}`);
  };
  await tabTo('laposta');
  await tabTo('Kopieer HTML');
  await page.keyboard.press('Enter');
  await copied(page, 'Kopieer HTML');
  await tabTo('Kopieer opgemaakt');
  await page.keyboard.press('Space');
  await copied(page, 'Kopieer opgemaakt');
  await tabTo('Kopieer tekst');
  await tabTo('Bewaar als .eml');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), 'brief.eml');
  await tabTo('light');
  for (const way of ['dark', 'plain', 'text']) {
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.value), way);
  }
  assert.equal(await page.locator('pre.text').isVisible(), true);
});

test('somebody approves of the mail, it changes, and what was sent is kept', async (t) => {
  const page = await open(t, desk);
  const section = page.locator('#send-mail');
  await section.getByText('Zet bij de instellingen onder Nieuwsbrief een mailserver', { exact: false }).waitFor();
  await section.getByRole('button', { name: 'Goedkeuren' }).click();
  await text(page, 'Vul in wie haar goedkeurt.');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'by');
  await page.keyboard.type('Eindredactie');
  await page.keyboard.press('Enter');
  await section.getByText('Goedgekeurd door Eindredactie op', { exact: false }).waitFor();
  await text(page, 'Goedgekeurd.');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'approval');
  await accessible(page);
  const digest = (key, format = 'eml') => [new RegExp(`${key}:[^]*?digest: "?([0-9a-f]{64})`).exec(readFileSync(at(issue), 'utf8'))?.[1], createHash('sha256').update(made(format)).digest('hex')];
  assert.equal(...digest('approved'));

  write(issue, readFileSync(at(issue), 'utf8').replace('Eerste zin van de brief.', 'De eerste zin.'));
  await section.getByText('sindsdien is de mail veranderd', { exact: false }).waitFor();
  await page.locator('main').getByText(/^de mail is veranderd sinds/).first().waitFor();
  assert.equal(await section.getByLabel('Uw naam').inputValue(), 'Eindredactie');
  await accessible(page);
  await section.getByRole('button', { name: 'Is verstuurd' }).click();
  await section.getByText(/^Verstuurd op .* De mail van toen staat in sent/).waitFor();
  const [sent, now] = digest('sent');
  assert.equal(sent, now);
  assert.equal(readFileSync(at(`content/sent/${sent.slice(0, 16)}.eml`), 'utf8'), made('eml'));
  assert.equal((await fetch(`${address}/sent/${sent.slice(0, 16)}.eml`)).status, 404);
  write(issue, files[issue]);
});

test('the newsletter desk passes axe and is not wider than a phone', needs('narrow'), async (t) => {
  for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: { width: 320, height: 700 } }]) {
    for (const path of [desk, `${desk}outlook/`, '/_leerblad/newsletters/']) {
      const page = await open(t, path, options);
      await accessible(page);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      if (path !== desk) continue;
      await page.getByRole('radio', { name: 'Als tekst' }).check();
      await accessible(page);
    }
  }
});
