// Uses the site as a reader would: node --test behave.mjs, with the sample site's address in SITE.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { gzipSync, inflateSync } from 'node:zlib';
import { clipboard, needs } from './engine.mjs';
import { becomes, open } from './reader.mjs';

// scales gives the scale of what is within the margins of each page.
const scales = (pdf) => [...pdf.toString('latin1').matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
  try {
    return inflateSync(pdf.subarray(index + length)).toString('latin1').match(/^([\d.]+)(?= 0 0 \1 187\.5 )/m)?.[0] ?? [];
  } catch {
    return []; // not compressed
  }
});

const shown = (page) => page.locator('li.finding:visible').count();

test('the first stop of the keyboard skips to the content, visibly', async (t) => {
  const page = await open(t, '');
  await page.keyboard.press('Tab');
  const link = page.locator(':focus');
  assert.match(await link.getAttribute('href'), /#main_$/);
  assert.ok((await link.boundingBox()).height > 20);
  await page.keyboard.press('Enter');
  assert.equal(new URL(await page.url()).hash, '#main_');
});

test('what the policy forbids is told: engines_test.go counts this one', async (t) => {
  const page = await open(t, '');
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  if (!needs('first').skip) await becomes(() => page.problems.join(), /the policy forbids/); // Chromium writes a line of its own before it
  await new Promise((done) => setTimeout(done, 300)); // the report is sent
  page.problems.length = 0;
});

test('findings are filtered in the page, and the choice stands in the address', async (t) => {
  const page = await open(t, 'bevindingen/');
  await page.locator('#filter_').waitFor();
  const all = await shown(page);
  const some = await page.locator('li.finding.attention').count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  await page.locator('#valence_').selectOption('attention');
  await becomes(() => shown(page), some);
  await becomes(() => page.url(), /[?&]valence=attention/);
  await becomes(() => page.locator('#count_').textContent(), new RegExp(`^\\D*${some}\\b`));
  await page.reload();
  await becomes(() => shown(page), some);
  await page.locator('#valence_').selectOption('fails');
  await page.locator('#topic_').selectOption('Praktijkleren');
  await becomes(() => page.locator('#count_').textContent(), /^\s*1 bevinding\s*$/);
  await page.locator('#filter_ button[type=reset]').click();
  await becomes(() => shown(page), all);
});

test('findings can be read without scripts, without a filter that does nothing', needs('scripts'), async (t) => {
  const page = await open(t, 'bevindingen/', { javaScriptEnabled: false });
  assert.ok(await shown(page) >= 9);
  assert.equal(await page.locator('#filter_').isVisible(), false);
});

const dates = (page) => page.locator('#news_ [data-dates]').evaluateAll((all) => all.flatMap((a) => a.dataset.dates.trim().split(' ')));

test('on a first visit nothing is called new, nor on a second when nothing came', async (t) => {
  const page = await open(t, '');
  await page.waitForFunction(() => localStorage.length > 0);
  assert.equal(await page.locator('#news_').isVisible(), false);
  await page.evaluate(() => { for (const [key, value] of Object.entries(localStorage)) localStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), at: 0 })); });
  await page.reload();
  await page.waitForFunction(() => Object.values(localStorage).every((value) => JSON.parse(value).since));
  assert.equal(await page.locator('#news_').isVisible(), false);
  assert.equal(await page.locator('.new').count(), 0);
});

for (const [name, at] of [['', 0], [', with a clock that was wrong then', Date.UTC(2099, 0)]]) {
  test(`what came since the last visit is counted by kind and marked, during the whole visit${name}`, async (t) => {
    const since = '2021-05-31';
    const requests = [];
    const page = await open(t, '', { since: { newest: since, at }, prepare: (page) => page.on('request', (r) => requests.push(r)) });
    const newer = (await dates(page)).filter((day) => day > since).length;
    assert.ok(newer > 1, `${newer}`);
    await becomes(() => page.locator('#news_count').textContent(), `${newer} nieuw sinds je vorige bezoek`);
    const links = await page.locator('#news_ a:visible').allTextContents();
    assert.equal(links.reduce((sum, text) => sum + Number(/\((\d+)\)$/.exec(text)[1]), 0), newer);
    for (const card of await page.locator('.card:has(time)').all()) {
      const day = await card.locator('time').getAttribute('datetime');
      assert.equal(await card.locator('.new').count(), day > since ? 1 : 0, day);
    }
    await page.locator('#news_ a', { hasText: 'Praktijkverhalen' }).click();
    await page.waitForURL(/praktijkverhalen/);
    await page.locator('#news_').waitFor();
    const stories = (await dates(page)).filter((day) => day > since).length;
    await becomes(() => page.locator('#news_count').textContent(), new RegExp(`^${stories} nieuw`));
    await becomes(() => page.locator('.cards .new').count(), stories);
    assert.deepEqual(requests.filter((r) => r.method() !== 'GET' || /2021-05/.test(r.url() + r.headers().cookie)).map((r) => r.url()), []);
  });
}

test('where the browser keeps nothing, or something else, nothing is called new and nothing fails', needs('first'), async (t) => {
  const problems = [];
  for (const script of [() => { Storage.prototype.getItem = () => { throw new Error('no'); }; }, () => { Storage.prototype.getItem = () => '{"newest": "1", "at": "x"}'; }, () => { Storage.prototype.getItem = () => '['; }]) {
    const page = await open(t, '', { prepare: async (page) => {
      page.on('pageerror', (e) => problems.push(e.message));
      await page.addInitScript(script);
    } });
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('#news_').isVisible(), false);
  }
  assert.deepEqual(problems, []);
});

test('answers on the worksheet stay in this browser and can be exported', async (t) => {
  const page = await open(t, 'eigen-evaluatie/');
  const requests = [];
  page.on('request', (r) => requests.push(r.url()));
  await page.locator('#export_').waitFor();
  const first = page.locator('textarea').first();
  await first.fill('Wij spreken elkaar elke maand.');
  await first.blur();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#export_').click()]);
  assert.match(await readFile(await download.path(), 'utf8'), /Wij spreken elkaar elke maand\./);
  assert.deepEqual(requests.filter((u) => !u.startsWith('blob:') && !u.endsWith('.svg')), []);
  await page.reload();
  await becomes(() => page.locator('textarea').first().inputValue(), 'Wij spreken elkaar elke maand.');
  page.once('dialog', (d) => d.accept());
  await page.locator('#clear_').click();
  await becomes(() => page.locator('textarea').first().inputValue(), '');
  await page.reload();
  await page.locator('#clear_').waitFor();
  assert.equal(await page.locator('textarea').first().inputValue(), '');
});

test('the worksheet can be filled in without scripts', needs('scripts'), async (t) => {
  const page = await open(t, 'eigen-evaluatie/', { javaScriptEnabled: false });
  assert.ok(await page.locator('textarea').count() >= 10);
  assert.equal(await page.locator('#export_').isVisible(), false);
});

const presses = {
  'a pointer': (button) => button.click(),
  Enter: (button) => button.press('Enter'),
  'the space bar': (button) => button.press('Space'),
};
for (const [i, [way, press]] of Object.entries(presses).entries()) {
  test(`the address of one finding is copied with ${way}`, async (t) => {
    const page = await open(t, 'sheets/tussenevaluatie/', { permissions: ['clipboard-read', 'clipboard-write'] });
    const finding = page.locator('li.finding').nth(i);
    const id = await finding.getAttribute('id');
    await press(finding.locator('button').first());
    await becomes(() => page.locator('#said_').textContent(), 'Gekopieerd');
    assert.match(await clipboard(page), new RegExp(`sheets/tussenevaluatie/#${id}$`));
  });
}

test('where copying is not allowed the page says so', async (t) => {
  const page = await open(t, 'sheets/tussenevaluatie/');
  await page.evaluate(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); });
  await page.locator('.cite button').click();
  await becomes(() => page.locator('#said_').textContent(), /lukte niet/);
  assert.ok(await page.locator('#said_').isVisible());
});

test('without scripts there are no buttons that do nothing', needs('scripts'), async (t) => {
  const page = await open(t, 'sheets/tussenevaluatie/', { javaScriptEnabled: false });
  assert.equal(await page.locator('main button:visible').count(), 0);
});

test('the first view of a sheet is light', needs('costs'), async (t) => {
  const replies = [];
  await open(t, 'sheets/tussenevaluatie/', { prepare: (p) => p.on('response', (r) => replies.push(r)) });
  const sizes = await Promise.all(replies.filter((r) => !r.url().endsWith('icon.svg')).map(async (r) => gzipSync(await r.body()).length));
  const total = sizes.reduce((sum, n) => sum + n, 0);
  assert.ok(sizes.length <= 4 && sizes.length > 1, `${sizes.length} requests`);
  assert.ok(total <= 40_000, `${total} bytes`);
});

test('a film is played in the page, with captions', async (t) => {
  const page = await open(t, 'praktijkverhalen/');
  const stories = await page.locator('main a').evaluateAll((links) => [...new Set(links.map((a) => a.href))]);
  for (const url of stories.filter((u) => u.includes('praktijkverhalen/'))) {
    await page.goto(url);
    if (await page.locator('video').count() === 0) continue;
    await page.evaluate(() => { document.querySelector('video track').track.mode = 'hidden'; });
    await page.waitForFunction(() => document.querySelector('video track').track.cues?.length > 0);
    return;
  }
  assert.fail('no story with a film');
});

test('printed, a sheet fits on two pages', needs('paper'), async (t) => {
  for (const sheet of ['tussenevaluatie', 'een-half-jaar-verder']) {
    const page = await open(t, `sheets/${sheet}/`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.deepEqual(scales(pdf), ['3.125', '3.125'], sheet); // of 1/300 inch a px: Chromium shrinks what it finds too wide
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages <= 2, `${sheet}: ${pages} pages`);
  }
});

test('printed, a story has what is said in its film and recording, and no player', needs('paper'), async (t) => {
  for (const story of ['proefdag-in-de-zorg', 'gesprek-met-een-jobcoach']) {
    const page = await open(t, `praktijkverhalen/${story}/`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('video:visible, audio:visible').count(), 0);
    assert.equal(await page.locator('details[open]').count(), 0);
    const text = page.locator('details .prose');
    assert.ok(await text.evaluate((e) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 20), story);
    assert.match(await page.locator('[data-paper]').first().evaluate((e) => getComputedStyle(e, '::before').content), /website/);
  }
});

test('on a phone the whole matrix of a topic is seen', needs('tree'), async (t) => {
  const page = await open(t, 'themas/samenwerking/', { viewport: { width: 320, height: 800 } });
  const { wide, room } = await page.locator('.table:has(.matrix)').evaluate((e) => ({ wide: e.scrollWidth, room: e.clientWidth }));
  assert.ok(wide <= room, `${wide} > ${room}`);
  const table = await page.locator('.table:has(.matrix)').ariaSnapshot();
  assert.match(table, /columnheader "Aandacht"/);
  assert.match(table, /rowheader/);
});

for (const width of [320, 768, 1280]) {
  test(`the map is tabbed from row to row, as it is seen, ${width} pixels wide`, width < 500 ? needs('narrow') : {}, async (t) => {
    for (const path of ['', 'regios/', 'regios/west-brabant/']) {
      const page = await open(t, path, { viewport: { width, height: 900 } });
      const seen = await page.locator('.tiles a').evaluateAll((all) => {
        const boxes = all.map((a) => ({ url: a.href, ...a.getBoundingClientRect().toJSON() }));
        window.tabbed = [];
        addEventListener('focusin', ({ target }) => window.tabbed.push(target.href));
        all[0].focus();
        return boxes.sort((a, b) => a.top - b.top || a.left - b.left).map(({ url }) => url);
      });
      assert.ok(seen.length > 30);
      for (let i = 1; i < seen.length; i++) await page.keyboard.press('Tab');
      assert.deepEqual(await page.evaluate(() => window.tabbed), seen, path);
    }
  });
}

test('in the dark only see-through pictures have light behind them', needs('looks'), async (t) => {
  const page = await open(t, 'praktijkverhalen/van-aanmelding-naar-baan/', { colorScheme: 'dark' });
  const behind = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor);
  assert.equal(await behind('main img[src$=".png"]'), 'rgba(0, 0, 0, 0)');
  assert.notEqual(await behind('main img[src$=".svg"]'), 'rgba(0, 0, 0, 0)');
});
