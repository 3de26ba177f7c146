// Opens each state of the desk, and looks at it in light, dark and forced colours, narrow and at 200 %: axe, width, and a name for each control.
// node --test desk-states.mjs, with LEERBLAD, FOLDER and CACHE as for desk.mjs, and the names of looks in LOOKS;
// PICTURES is a folder for pictures, NAMES a file for all names.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { Desk, becomes } from './desk-driver.mjs';
import { launch } from './driver.mjs';
import { serve } from './desk-server.mjs';

const { LEERBLAD, FOLDER, CACHE, LOOKS, PICTURES, NAMES } = process.env;
const write = (name, text) => writeFileSync(join(FOLDER, 'content', name), text);

const wide = { width: 1280, height: 800 };
const colours = ['color-contrast', 'link-in-text-block']; // rules that a look may break
const places = ['target-size', 'scrollable-region-focusable'];
const looks = {
  light: { viewport: wide },
  dark: { viewport: wide, features: { 'prefers-color-scheme': 'dark' }, only: colours },
  forced: { viewport: wide, features: { 'forced-colors': 'active' }, only: colours },
  narrow: { viewport: { width: 768, height: 1024 }, only: places },
  zoomed: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, // 1280 by 800 at 200 %
};

let server;
let browser;
let address;
let desk;
const found = [];

before(async () => {
  [browser, server] = await Promise.all([launch('chrome'), serve(LEERBLAD, FOLDER, CACHE)]);
  address = new URL('/', server.address).href;
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  await server?.end();
});

// wider runs in the page: it gives what is wider than its place, or scrolls and should not, so that something is out of sight.
function wider() {
  const name = (e) => `${e.tagName.toLowerCase()}${e.id && `#${e.id}`}${[...e.classList].map((c) => `.${c}`).join('')}`;
  const page = document.scrollingElement;
  page.scrollTop = 1;
  const moved = page.scrollTop > 0 ? ['the page itself scrolls, and its head goes out of sight'] : [];
  page.scrollTop = 0;
  const scrolls = [page, ...document.querySelectorAll('.part, .scroll, .problems, dialog[open], dialog[open] .dialog-body')].filter((e) => e.checkVisibility());
  return [...moved, ...scrolls.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => `${name(e)} is wider than its place: ${e.scrollWidth} > ${e.clientWidth} px`)];
}

const controls = new Set(['button', 'link', 'textbox', 'searchbox', 'combobox', 'listbox', 'option', 'checkbox', 'radio', 'spinbutton', 'tab', 'Date', 'dialog', 'group', 'DisclosureTriangle']);

// nameless gives the controls that screen readers have no name for.
async function nameless(page, state) {
  const all = [];
  const walk = (node) => {
    if (controls.has(node.role)) all.push(`${node.role} ${JSON.stringify(node.name ?? '')}`);
    node.children?.forEach(walk);
  };
  walk(await page.accessibility.snapshot({ includeIframes: false }));
  if (NAMES) appendFileSync(NAMES, `## ${state}\n${all.join('\n')}\n`);
  return all.filter((one) => / ""$/.test(one) && !/^(group|listbox)/.test(one)).map((one) => `no name: ${one}`);
}

// look tries a state in each look.
async function look(state, { page } = desk) {
  const client = await page.createCDPSession();
  for (const [name, { viewport, features = {}, deviceScaleFactor = 1, only }] of Object.entries(looks).filter(([n]) => LOOKS.split(',').includes(n))) {
    await page.setViewport({ ...viewport, deviceScaleFactor });
    const all = { 'prefers-reduced-motion': 'reduce', 'prefers-color-scheme': 'light', 'forced-colors': 'none', ...features };
    await client.send('Emulation.setEmulatedMedia', { features: Object.entries(all).map(([n, value]) => ({ name: n, value })) });
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${state.replaceAll(' ', '-')}-${name}.png`) });
    const problems = [...await violations(page, { only }), ...await page.evaluate(wider), ...name === 'light' ? await nameless(page, state) : []];
    found.push(...problems.map((problem) => `${state}, ${name}: ${problem}`));
  }
  await page.setViewport(wide);
  await client.detach();
}

// dialog looks at one that act opens, and leaves it.
async function dialog(state, act, title) {
  await act();
  await desk.find('dialog', title);
  await look(state);
  await leave();
}

async function leave() {
  await desk.keys.press('Escape');
  await desk.gone('dialog', /./);
}

test('each state of the desk', async () => {
  write('stories/fouten.md', '---\ntitle: Tekst met fouten\nsumary: Een verhaal met fouten.\ndate: 2021-6-1\ndraft: true\ntopics: [samenwerkin]\n---\n\nEen verhaal met [een link](nergens.md).\n');
  write('pages/twist.md', '---\ntitle: Twist\nsummary: Een pagina.\ndraft: true\n---\n\nAlinea een.\n\nAlinea twee.\n\nAlinea drie.\n');
  desk = await Desk.open(browser, 'pointer', address);
  await look('empty');
  await desk.type('searchbox', 'Zoek een tekst of bevinding', 'werkplaats');
  await desk.find('link', /./, '#texts .found');
  await look('searching');
  await dialog('new', () => desk.press('button', 'Nieuwe tekst'), 'Nieuwe tekst');
  await desk.press('button', 'Nieuwe tekst');
  await desk.choose('Soort', 'Sheet');
  await desk.bring('Of uit een bestand', join(FOLDER, 'Factsheet ronde 1.docx'));
  await desk.find('dialog', 'Nieuwe tekst uit Factsheet ronde 1.docx');
  await look('import');
  await desk.keys.press('Escape');
  await leave();
  await dialog('calendar without anything', () => desk.press('button', 'Kalender'), 'Kalender');

  await desk.press('button', 'Op de site zetten');
  await desk.find('alert', /vul bij Instellingen .* de plaats in/);
  await look('publish without a place');
  await leave();
  const place = join(FOLDER, 'www');
  mkdirSync(place);
  write('site.yaml', `${readFileSync(join(FOLDER, 'content/site.yaml'), 'utf8')}deploy: {to: 'file://${place}'}\n`);
  await desk.press('button', 'Op de site zetten');
  await becomes(() => desk.page.$eval('dialog[open]', (e) => e.innerText), /Nieuw \d/);
  await look('publish');
  await desk.press('button', 'Op de site zetten', 'dialog[open] button');
  await desk.find('link', 'Bekijk de site');
  await look('published');
  await leave();
  assert.ok(existsSync(join(place, 'index.html')));
  await dialog('publish nothing', async () => {
    await desk.press('button', 'Op de site zetten');
    await becomes(() => desk.page.$eval('dialog[open]', (e) => e.innerText), /niets veranderen/);
  }, 'Op de site zetten');

  await desk.openText('Van achttien naar vijf aan tafel');
  await desk.until(() => document.querySelector('#fields input') !== null);
  await look('text');
  await desk.caret('verbinder');
  await desk.page.$eval('#data details', (e) => { e.open = false; });
  await look('form folded');
  await desk.page.$eval('#data details', (e) => { e.open = true; });
  await dialog('picture', () => desk.tool('Afbeelding'), 'Afbeelding');
  await dialog('link', () => desk.tool('Link naar een tekst'), 'Link naar een tekst');
  await dialog('address', () => desk.tool('Link naar elders'), 'Link naar elders');
  await desk.caret('verbinder');
  await desk.chord('Control', 'f');
  await desk.page.waitForSelector('.cm-search input');
  await look('finding words');
  await desk.keys.press('Escape');
  await dialog('move', async () => {
    await desk.press('button', 'Verplaatsen');
    await desk.type('textbox', 'Nieuwe naam', 'andere-naam');
    await becomes(() => desk.page.$eval('dialog[open] .plan', (e) => e.textContent), /./);
  }, 'Verplaatsen');
  await dialog('duplicate', () => desk.press('button', 'Dupliceren'), 'Dupliceren');
  await dialog('remove', () => desk.press('button', 'Verwijderen'), 'Verwijderen');

  await desk.openText('Leer elkaar kennen');
  await dialog('evidence', async () => {
    await desk.press('button', 'Toevoegen: Onderbouwing');
    await desk.find('option', /./);
  }, /./);
  await desk.openText('Tekst met fouten');
  await becomes(() => desk.page.$$eval('#problems button.fix', (all) => all.length), 3);
  await look('problems');
  await desk.press('button', 'Instellingen');
  await becomes(() => desk.page.$eval('#title', (e) => e.textContent), 'Instellingen');
  await desk.until(() => document.querySelector('#fields input') !== null);
  await look('settings');
  await desk.openText('Nieuwsbrief 1: de eerste sheet is er');
  await desk.find('button', /^Omhoog/);
  await desk.page.$eval('#fields button[aria-label^=Omhoog]', (e) => e.scrollIntoView({ block: 'center' }));
  await look('newsletter items');

  write('stories/gepland.md', '---\ntitle: Een verhaal dat later komt\nsummary: Een verhaal.\ndate: 2031-05-01\n---\n\nEen verhaal.\n');
  await desk.type('searchbox', 'Zoek een tekst of bevinding', 'later komt');
  await desk.find('link', 'Een verhaal dat later komt');
  await dialog('calendar', () => desk.press('button', 'Kalender'), 'Kalender');

  await desk.openText('Twist');
  await desk.caret('Alinea drie');
  await desk.keys.type(' Van mij.');
  await desk.said('Niet bewaard');
  await desk.kept(/Van mij/);
  await dialog('leaving', () => desk.press('button', 'Instellingen'), 'Niet bewaard');
  write('pages/twist.md', '---\ntitle: Twist\nsummary: Een pagina.\ndraft: true\n---\n\nAlinea een, van hen.\n\nAlinea twee.\n\nAlinea drie.\n');
  await dialog('conflict', () => desk.save({ asks: true }), 'Er staat een andere versie op schijf');
  const context = desk.page.browserContext();
  await desk.page.close();
  const next = new Desk(await context.newPage(), 'pointer');
  await next.page.evaluateOnNewDocument(() => { // a browser may fail to open it at first
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...args) => {
      indexedDB.open = open;
      throw new Error(`not now: ${args}`);
    };
  });
  await next.page.goto(`${address}_leerblad/`);
  await next.find('dialog', 'Er zijn woorden die niet bewaard zijn');
  await look('recovery', next);
  await context.close();
  assert.deepEqual([...new Set(found)], []);
  assert.deepEqual(desk.problems.filter((p) => !/status of (409|412)/.test(p)), []);
});

// git runs it in a folder, as the user of the desk.
const home = join(FOLDER, 'home');
function git(folder, ...words) {
  return execFileSync('git', words, { cwd: folder, encoding: 'utf8', env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), GIT_CONFIG_NOSYSTEM: '1' } }).trim();
}

// With a repository that others use too: what somebody else does is done in a clone.
test('committing, getting and sharing', async () => {
  found.length = 0;
  const path = 'pages/samen.md';
  const content = join(FOLDER, 'content');
  const [bare, clone] = [join(FOLDER, 'gedeeld.git'), join(FOLDER, 'ander')];
  const text = (words) => `---\ntitle: Samen geschreven\nsummary: Een pagina.\ndraft: true\n---\n\n${words}\n`;
  rmSync(join(content, 'stories/fouten.md'), { force: true });
  write(path, text('Een alinea.'));
  write('pages/buren.md', text('Een alinea.').replace('Samen geschreven', 'Van de buren'));
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Een redacteur\n\temail = een@example.org\n[init]\n\tdefaultBranch = main\n');
  symlinkSync(execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(), join(home, 'git'));
  git(FOLDER, 'init', '--quiet', '--bare', bare);
  git(content, 'init', '--quiet');
  git(content, 'add', '--all');
  git(content, 'commit', '--quiet', '--message=Begin');
  git(content, 'remote', 'add', 'origin', bare);
  const told = (want) => becomes(() => desk.page.$eval('dialog[open] .told', (e) => e.checkVisibility() && e.innerText), want);
  const commit = async (sentence) => {
    await desk.type('textbox', 'Wat is er veranderd?', sentence);
    await desk.press('button', 'Vastleggen');
  };

  const other = await Desk.open(browser, 'pointer', address);
  await other.openText('Van de buren');
  await other.caret('Een alinea');
  await other.keys.type(' Nog niet bewaard.');
  await other.said('Niet bewaard');
  desk = await Desk.open(browser, 'pointer', address);
  await desk.openText('Samen geschreven');
  await desk.press('button', 'Versies');
  await desk.find('button', 'Delen');
  assert.equal(await desk.page.$$eval('dialog[open] .git button', (all) => all.filter((e) => e.checkVisibility()).map((e) => e.textContent).join()), 'Ophalen,Delen', 'nothing to commit');
  await leave();
  await desk.caret('Een alinea.');
  await desk.keys.type(' Van mij.');
  await desk.said('Niet bewaard');
  await desk.press('button', 'Versies');
  await look('versions of git');
  await desk.press('button', 'Vastleggen');
  await desk.find('alert', /Schrijf in een zin/);
  await desk.said('Niet bewaard');
  await commit('Mijn eerste');
  await desk.find('dialog', 'Niet bewaard');
  assert.match(await desk.page.$$eval('dialog[open]', (all) => all.at(-1).innerText), /pages\/buren\.md/, 'the text of the other window is named');
  await desk.gone('button', 'Vastleggen zonder die woorden'); // for there would be nothing
  await look('unsaved at commit');
  await desk.press('button', 'Eerst bewaren');
  await told('1 bestand vastgelegd');
  assert.equal(git(content, 'log', '-1', '--format=%s', '--name-only'), `Mijn eerste\n\n${path}`);
  assert.equal(readFileSync(join(content, path), 'utf8'), text('Een alinea. Van mij.'));
  await desk.find('button', /Mijn eerste/);
  await desk.press('button', 'Delen');
  await told('Gedeeld');
  await look('shared');
  assert.equal(git(bare, 'log', '-1', '--format=%s', 'main'), 'Mijn eerste');

  git(FOLDER, 'clone', '--quiet', bare, clone);
  writeFileSync(join(clone, path), text('Een alinea. Van een ander.'));
  git(clone, 'commit', '--quiet', '--all', '--message=Van een ander');
  git(clone, 'push', '--quiet');
  await leave();
  await desk.caret('Een alinea.');
  await desk.keys.type(' En weer van mij.');
  await desk.save();
  await other.close();
  await becomes(async () => (await (await fetch(`${address}_leerblad/api/versions`)).json()).unsaved.join(), '');
  await desk.press('button', 'Versies');
  await commit('Mijn tweede');
  await told('1 bestand vastgelegd');
  await desk.press('button', 'Ophalen');
  await desk.find('dialog', `U en een ander wijzigden ${path}`);
  assert.doesNotMatch(await desk.page.$$eval('dialog[open]', (all) => all.at(-1).innerText), /schijf/, 'the disk has no part in this');
  await look('conflict of git');
  await desk.press('button', 'Annuleren');
  await told('Er is niets opgehaald');
  assert.equal(git(content, 'log', '-1', '--format=%s'), 'Mijn tweede');
  await desk.press('button', 'Ophalen');
  await desk.find('dialog', /^U en een ander/);
  await desk.press('button', 'Die van de ander nemen');
  await told('Opgehaald wat anderen deelden');
  assert.equal(readFileSync(join(content, path), 'utf8'), text('Een alinea. Van een ander.'));
  await leave();
  await becomes(() => desk.page.$eval('.cm-content', (e) => e.innerText), /Van een ander/);
  await desk.said('Bewaard');
  assert.deepEqual([...new Set(found)], []);
  assert.deepEqual(desk.problems, []);
  await desk.close();
});

// Elsewhere than on the machine of the desk one reads.
test('the desk at another address', async (t) => {
  const elsewhere = Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!elsewhere) return t.skip('this machine has no other address');
  found.length = 0;
  rmSync(join(FOLDER, 'content/stories/fouten.md'), { force: true }); // a site with mistakes is not shown
  const shown = await serve(LEERBLAD, FOLDER, CACHE, 'watch', '--content', '.', '--drafts', '--address', `${elsewhere.address}:0`);
  try {
    const context = await browser.createBrowserContext();
    desk = new Desk(await context.newPage(), 'pointer');
    await desk.page.goto(shown.address); // with the key, which a page of its own takes out of the address
    await becomes(() => desk.page.url().includes('key='), false);
    await desk.page.goto(new URL('/_leerblad/', shown.address).href);
    await desk.ready();
    await desk.openText('Leer elkaar kennen');
    await desk.until(() => document.querySelector('#preview').contentDocument?.querySelector('h1') !== null);
    await look('read only');
    const offers = ['#data', '#tools', '#save', '#move', '#remove', '#duplicate', '#new:enabled', '#lost'];
    assert.deepEqual(await desk.page.$$eval(offers.join(), (all) => all.filter((e) => e.checkVisibility()).map((e) => e.id)), [], 'nothing offers to write');
    const words = () => desk.page.$eval('.cm-content', (e) => e.innerText);
    const before = await words();
    await desk.click(() => desk.find('textbox', 'Tekst'));
    await desk.keys.type('Nee');
    assert.equal(await words(), before, 'nothing can be typed');
    assert.deepEqual(desk.problems.filter((p) => !/Cross-Origin-Opener-Policy/.test(p)), []); // which is for addresses with https
    assert.deepEqual([...new Set(found)], []);
    await context.close();
  } finally {
    await shown.end();
  }
});
