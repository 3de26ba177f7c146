// What editors come to the desk for, by keyboard alone and with a mouse: node --test desk.mjs, with the program in LEERBLAD, a folder that has the
// sample publication in FOLDER, and chrome, firefox or webkit in BROWSER;
// TASKS may be a pattern of the tasks to do. What matters in the end is what is on the disk.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Desk, becomes, kill } from './desk-driver.mjs';
import { launch } from './driver.mjs';
import { serve } from './desk-server.mjs';

const { LEERBLAD, FOLDER, BROWSER, CACHE } = process.env;
const at = (name) => join(FOLDER, 'content', name);
const read = (name) => readFileSync(at(name), 'utf8');
const write = (name, text) => writeFileSync(at(name), text);
const ways = process.env.WAY ? [process.env.WAY] : ['keyboard', 'pointer'];

let server;
let browser;
let address;

before(async () => {
  [browser, server] = await Promise.all([launch(BROWSER), serve(LEERBLAD, FOLDER, CACHE)]);
  address = new URL('/', server.address).href;
});

after(async () => {
  await browser?.close();
  await server?.end();
});

const isWanted = (name) => new RegExp(process.env.TASKS ?? '').test(name);

// task does something in a desk of its own, each way; it gets the desk and a word to tell the ways apart by.
function task(name, act) {
  if (!isWanted(name)) return;
  for (const way of ways) {
    test(`${name}, by ${way}`, async () => {
      const desk = await Desk.open(browser, way, address);
      try {
        await act(desk, way);
        assert.deepEqual(desk.problems, []);
      } finally {
        await desk.close();
      }
    });
  }
}

const lines = (text, part) => text.split('\n').filter((line) => line.includes(part));

task('make a sheet from a Word factsheet, and say what its signs mean', async (desk, way) => {
  const before = new Set(readdirSync(at('sheets')));
  await desk.press('button', 'Nieuwe tekst');
  await desk.choose('Soort', 'Sheet');
  await desk.type('textbox', 'Titel', `Ronde een met ${way}`);
  await desk.bring('Of uit een bestand', join(FOLDER, 'Factsheet ronde 1.docx'));
  await desk.find('dialog', 'Nieuwe tekst uit Factsheet ronde 1.docx');
  await desk.tick('Dit werkt', await desk.about('⊕'));
  await desk.tick('Aandachtspunt', await desk.about('☺'));
  await becomes(() => desk.page.$eval('dialog[open].wide', (e) => `${e.querySelector('pre').textContent.split('- [').length} ${e.querySelector('[role=alert]').textContent}`), '5 ');
  await desk.press('button', 'Maken');
  await desk.gone('dialog', /./);
  const [made] = readdirSync(at('sheets')).filter((name) => !before.has(name));
  const text = read(`sheets/${made}`);
  assert.match(text, /^---\n[^]*\ndraft: true\n[^]*---\n/);
  for (const line of ['- [+] Partijen vinden elkaar sneller.', '- [!] Het overleg vraagt veel tijd.', '- [+] Werkgevers bieden meer plekken aan.', '- [!] Begeleiding is er niet overal.']) {
    assert.equal(lines(text, line).length, 1, `${line} in\n${text}`);
  }
  await becomes(() => desk.page.$eval('#title', (e) => e.textContent), new RegExp(way));
});

task('add evidence to a recommendation by the words of a finding', async (desk, way) => {
  const [title, path] = way === 'keyboard' ? ['Leer elkaar kennen', 'recommendations/leer-elkaar-kennen.md'] : ['Regel nu al de borging', 'recommendations/regel-nu-al-de-borging.md'];
  const before = read(path);
  await desk.openText(title);
  await desk.press('button', 'Toevoegen: Onderbouwing', { part: 'Gegevens' });
  await desk.pick('werkplaats dicht', /werkplaats dicht moest/);
  await desk.said('Niet bewaard');
  await desk.save();
  const now = read(path);
  const [line] = lines(now, 'stories/werkplaats-techniek#stilgevallen');
  assert.equal(line.trim(), '- stories/werkplaats-techniek#stilgevallen', now);
  assert.equal(now.replace(`${line}\n`, ''), before, 'only that changed');
});

task('place a phone’s picture, and be asked what it shows', async (desk, way) => {
  const path = 'stories/kleine-stuurgroep.md';
  const before = read(path);
  const alt = `Vier mensen aan een tafel, gezien met ${way}.`;
  await desk.openText('Van achttien naar vijf aan tafel');
  await desk.caret('verbinder');
  await desk.tool('Afbeelding');
  await desk.bring('Van deze computer', join(FOLDER, 'IMG_20210701.JPG'));
  await desk.press('button', 'Invoegen');
  await becomes(() => desk.page.$eval('dialog[open] [role=alert]', (e) => e.textContent), 'Schrijf wat er te zien is, of zeg dat het alleen versiering is.');
  await desk.type('textbox', 'Wat is erop te zien?', alt);
  await desk.press('button', 'Invoegen');
  await desk.gone('dialog', /./);
  await desk.save();
  const now = read(path);
  const [line] = lines(now, alt);
  const [, src] = /^!\[[^\]]*\]\(([^)]+)\)$/.exec(line);
  const file = src.startsWith('media/') ? src : join('stories', src);
  assert.ok(existsSync(at(file)), `${src} is not there`);
  assert.equal(now.replace(`\n\n${line}`, ''), before, 'only that changed');
});

task('find an older version, see what differs, and bring it back', async (desk) => {
  const path = 'recommendations/leer-elkaar-kennen.md';
  const before = read(path);
  await desk.openText('Leer elkaar kennen');
  await desk.press('button', 'Gegevens als tekst tonen', { part: 'Tekst' });
  await desk.caret('title:');
  await desk.keys.type(' van nabij');
  await desk.save();
  const saved = read(path);
  await desk.press('button', 'Versies');
  await desk.press('button', /^tot /);
  await becomes(() => desk.page.$eval('.version', (e) => [...e.querySelectorAll('ins, del')].map((one) => `${one.localName} ${one.textContent}`).join('|')), 'ins nieuw:  van nabij');
  if (process.env.SHOTS) {
    for (const [name, scheme, width] of [['light', 'light', 1280], ['dark', 'dark', 1280], ['768', 'light', 768]]) {
      await desk.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await desk.page.setViewport({ width, height: 800 });
      await desk.page.screenshot({ path: join(process.env.SHOTS, `versions-${name}.png`) });
    }
    await desk.page.setViewport({ width: 1280, height: 800 });
  }
  await desk.press('button', 'Terugzetten');
  await desk.gone('dialog', /./);
  await desk.said('Niet bewaard');
  assert.equal(read(path), saved, 'nothing is written yet');
  await desk.chord('Control', 'z');
  await desk.said('Bewaard');
  await desk.press('button', 'Versies');
  await desk.press('button', /^tot /);
  await desk.press('button', 'Terugzetten');
  await desk.said('Niet bewaard');
  await desk.save();
  assert.equal(read(path), before);
});

task('rename a finding that others follow', async (desk, way) => {
  const [from, to] = way === 'keyboard' ? ['praktijkleren-snelle-start', 'praktijkleren-begon-snel'] : ['late-start', 'laat-begonnen'];
  const followers = () => ['sheets', 'stories', 'recommendations'].flatMap((dir) => readdirSync(at(dir), { recursive: true }).filter((f) => f.endsWith('.md')).map((f) => join(dir, f)));
  const referring = (id) => followers().filter((f) => new RegExp(`tussenevaluatie(\\.md)?#${id}\\b`).test(read(f))).sort();
  const before = referring(from);
  assert.ok(before.length > 0);
  await desk.openText('Tussenevaluatie: wat de eerste periode leert');
  await desk.caret(`{#${from}`);
  if (way === 'keyboard') await desk.keys.press('F2');
  else await desk.tool('Bevinding hernoemen');
  await desk.type('textbox', 'Nieuwe naam', to);
  await becomes(() => desk.page.$eval('dialog[open] .plan', (e) => e.textContent), /wordt gewijzigd|worden gewijzigd/);
  await desk.press('button', 'Hernoemen');
  await desk.gone('dialog', /./);
  assert.deepEqual(referring(from), []);
  assert.deepEqual(referring(to), before);
  const now = read('sheets/tussenevaluatie.md');
  assert.match(now, new RegExp(`\\{#${to} `));
  await becomes(() => desk.page.$eval('#editor', (e, id) => e.querySelector('.cm-content').innerText.includes(id), to), true);
  await desk.said('Bewaard');
});

task('mend three mistakes by what is offered', async (desk, way) => {
  const path = `stories/fouten-${way}.md`;
  const title = `Fouten met ${way}`;
  write(path, `---\ntitle: ${title}\nsumary: Een verhaal met fouten.\ndate: 2021-6-1\ndraft: true\ntopics: [samenwerkin]\n---\n\nEen verhaal.\n`);
  await desk.openText(title);
  const mended = `---\ntitle: ${title}\nsummary: Een verhaal met fouten.\ndate: 2021-06-01\ndraft: true\ntopics: [samenwerking]\n---\n\nEen verhaal.\n`;
  for (let i = 0; i < 3; i++) {
    await becomes(() => desk.page.$$eval('#problems button.fix', (all) => all.length), 3 - i);
    await desk.press('button', 'Herstellen', { part: 'Problemen' });
  }
  await becomes(() => desk.page.$$eval('#problems button.fix', (all) => all.length), 0);
  await desk.save();
  assert.equal(read(path), mended);
});

task('schedule a text', async (desk, way) => {
  const path = `stories/gepland-${way}.md`;
  const title = `Gepland met ${way}`;
  const day = '2031-05-01';
  write(path, `---\ntitle: ${title}\nsummary: Een verhaal dat later komt.\ndate: 2021-06-01\ndraft: true\n---\n\nEen verhaal.\n`);
  await desk.openText(title);
  await desk.date(/^Datum/, day, { part: 'Gegevens' });
  await desk.untick(/^Concept/);
  await desk.said('Niet bewaard');
  await desk.save();
  assert.equal(read(path), `---\ntitle: ${title}\nsummary: Een verhaal dat later komt.\ndate: ${day}\n---\n\nEen verhaal.\n`);
  await becomes(() => desk.page.$eval('#publication-state', (e) => e.textContent), 'gepland');
  await desk.press('button', 'Kalender');
  await desk.find('dialog', 'Kalender');
  await becomes(() => desk.page.$eval('dialog[open]', (e) => e.innerText.replace(/\s+/g, ' ')), new RegExp(`mei 2031.*${title}`));
  await desk.press('link', title);
  await desk.gone('dialog', /./);
});

task('compose a newsletter of five items', async (desk, way) => {
  const title = `Nieuwsbrief met ${way}`;
  await desk.press('button', 'Nieuwe tekst');
  await desk.choose('Soort', 'Nieuwsbrief');
  await desk.type('textbox', 'Titel', title);
  await desk.press('button', 'Maken');
  await desk.gone('dialog', /./);
  await becomes(() => desk.page.$eval('#title', (e) => e.textContent), title);
  const made = readdirSync(at('newsletters')).find((name) => read(`newsletters/${name}`).includes(title));
  for (const [words, found] of [
    ['kleine stuurgroep', /stories\/kleine-stuurgroep$/], ['werkplaats techniek', /^(?!.*#).*stories\/werkplaats-techniek$/], ['half jaar verder', /sheets\/een-half-jaar-verder$/],
    ['leer elkaar kennen', /Leer elkaar kennen/], ['verantwoordingsmodel', /documents\/verantwoordingsmodel$/],
  ]) {
    await desk.press('button', 'Toevoegen: Onderdelen', { part: 'Gegevens' });
    await desk.pick(words, found);
    await desk.gone('dialog', /./);
  }
  await desk.press('button', /^Omhoog: .*(Verantwoordingsmodel|verantwoording)/i, { part: 'Gegevens' });
  await desk.press('button', 'Toevoegen: Regionale voortgangsrapportage', { part: 'Gegevens' }); // which is offered
  await desk.save();
  const now = read(`newsletters/${made}`);
  assert.deepEqual(/\nitems: \[(.*?)\]/.exec(now)?.[1].split(', '), [
    'stories/kleine-stuurgroep', 'stories/werkplaats-techniek', 'sheets/een-half-jaar-verder', 'documents/verantwoordingsmodel', 'recommendations/leer-elkaar-kennen', 'documents/voortgangsrapportage',
  ], now);
});

task('resolve a conflict with what somebody else wrote', async (desk, way) => {
  const path = `pages/twist-${way}.md`;
  const title = `Twist met ${way}`;
  const page = (...body) => `---\ntitle: ${title}\nsummary: Een pagina.\ndraft: true\n---\n\n${body.join('\n\n')}\n`;
  write(path, page('Alinea een.', 'Alinea twee.', 'Alinea drie.'));
  await desk.openText(title);
  const clash = async (theirs) => {
    await desk.caret('Alinea drie');
    await desk.keys.type(' Van mij.');
    await desk.said('Niet bewaard');
    write(path, theirs);
    await desk.save({ asks: true });
    await desk.find('dialog', 'Er staat een andere versie op schijf');
    assert.equal(read(path), theirs, 'nothing is written before somebody says so');
  };
  const settled = async (button, want) => {
    await desk.press('button', button);
    await desk.gone('dialog', /./);
    await desk.said('Bewaard');
    assert.equal(read(path), want);
  };
  await clash(page('Alinea een, van hen.', 'Alinea twee.', 'Alinea drie.'));
  await settled('Die van schijf nemen', page('Alinea een, van hen.', 'Alinea twee.', 'Alinea drie.'));
  await clash(page('Alinea een, weer van hen.', 'Alinea twee.', 'Alinea drie.'));
  await settled('Alleen wat ik schreef bewaren', page('Alinea een, van hen.', 'Alinea twee.', 'Alinea drie. Van mij.'));
  await clash(page('Alinea een, ook van hen.', 'Alinea twee.', 'Alinea drie. Van mij.'));
  await desk.press('button', 'Dit stuk overnemen', { within: '.merge' });
  await settled('Rechterkant bewaren', page('Alinea een, ook van hen.', 'Alinea twee.', 'Alinea drie. Van mij. Van mij.'));
  desk.problems = desk.problems.filter((p) => !/status of 412/.test(p)); // Chromium tells each
});

if (isWanted('killed')) test('get back what was not saved when the browser was killed', async () => {
  const path = 'pages/gestorven.md';
  const text = '---\ntitle: Gestorven browser\nsummary: Een pagina.\ndraft: true\n---\n\nEen begin.\n';
  write(path, text);
  const profile = mkdtempSync(join(FOLDER, 'profile-'));
  const doomed = await launch(BROWSER, { profile });
  let desk = await Desk.open(doomed, 'keyboard', address, { kept: true });
  await desk.openText('Gestorven browser');
  await desk.caret('Een begin');
  await desk.keys.type(' Bijna weg.');
  await desk.said('Niet bewaard');
  await desk.kept(/Bijna weg\./);
  await kill(doomed);
  assert.equal(read(path), text);
  const next = await launch(BROWSER, { profile });
  try {
    desk = await Desk.open(next, 'keyboard', address, { kept: true });
    await desk.find('dialog', 'Er zijn woorden die niet bewaard zijn');
    await desk.press('button', 'Terughalen: Gestorven browser');
    await desk.gone('dialog', /./);
    await desk.said('Niet bewaard');
    await desk.save();
    assert.equal(read(path), text.replace('begin.', 'begin. Bijna weg.'));
    assert.deepEqual(desk.problems, []);
  } finally {
    await next.close();
  }
});
