// What readers come for, by keyboard alone: node --test tasks.mjs, with the sample site's address in SITE.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { clipboard } from './engine.mjs';
import { becomes, open, site } from './reader.mjs';

const most = 150; // stops between two things that a reader wants

// to presses Tab until the focus is on what has this name, as screen readers tell it.
async function to(page, name) {
  const seen = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const e = document.activeElement;
      return (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.innerText ?? '').trim().replace(/\s+/g, ' ');
    });
    if (name instanceof RegExp ? name.test(now) : now === name) return;
    seen.push(now);
  }
  assert.fail(`no ${name} among ${seen.join(' | ')}`);
}

// follow goes to a link and opens it; where says at which path of the site that is.
async function follow(page, name, where) {
  await to(page, name);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href.startsWith(site + where));
}

// choose takes the option of a list that begins with text.
async function choose(page, name, text) {
  await to(page, name);
  await page.keyboard.type(text);
}

const inView = (page, selector) => page.locator(selector).evaluate((e) => {
  const { top, bottom } = e.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
});

test('find a finding by a word, and cite it', async (t) => {
  const page = await open(t, '', { permissions: ['clipboard-read', 'clipboard-write'] });
  await to(page, 'Waar zoek je naar?');
  await page.keyboard.type('stroef');
  await page.keyboard.press('Enter');
  await page.waitForURL(/zoeken\/\?q=stroef/);
  await page.locator('.hit').first().waitFor();
  await follow(page, /stroef.*hoe daarmee om te gaan/, 'sheets/tussenevaluatie/#verschillen-tussen-partijen');
  assert.ok(await inView(page, '#verschillen-tussen-partijen'));
  await to(page, 'Kopieer de link naar bevinding verschillen-tussen-partijen');
  await page.keyboard.press('Enter');
  await becomes(() => page.locator('#said_').textContent(), 'Gekopieerd');
  assert.match(await clipboard(page), /sheets\/tussenevaluatie\/#verschillen-tussen-partijen$/);
});

test('go from a recommendation to its evidence, and back', async (t) => {
  const page = await open(t, '');
  await follow(page, 'Aanbevelingen', 'aanbevelingen/');
  await follow(page, 'Houd het overleg klein', 'aanbevelingen/houd-het-overleg-klein/');
  await follow(page, 'Tussenevaluatie: wat de eerste periode leert', 'sheets/tussenevaluatie/'); // the sheet that it belongs to
  await page.goBack();
  await to(page, 'Vaste link naar bevinding verschillen-tussen-partijen');
  await page.keyboard.press('Enter');
  await page.waitForURL(/sheets\/tussenevaluatie\/#verschillen-tussen-partijen$/);
  assert.ok(await inView(page, '#verschillen-tussen-partijen'));
  await follow(page, 'Houd het overleg klein', 'aanbevelingen/houd-het-overleg-klein/');
});

test('list all points that need attention on a topic', async (t) => {
  const page = await open(t, '');
  await follow(page, 'Bevindingen', 'bevindingen/');
  await page.locator('#filter_').waitFor();
  await choose(page, 'Soort', 'Aandacht');
  await choose(page, 'Thema', 'Samenw');
  await becomes(() => page.url(), /valence=attention&topic=Samenwerking/);
  const shown = page.locator('li.finding:visible');
  await becomes(async () => (await shown.evaluateAll((all) => all.every((e) => e.matches('.attention')))), true);
  assert.ok(await shown.count() >= 3);
});

test('read the stories of a region near mine', async (t) => {
  const page = await open(t, '');
  await follow(page, 'Regio’s', 'regios/');
  await follow(page, 'West-Brabant', 'regios/west-brabant/');
  await follow(page, 'Eén aanspreekpunt voor werkgevers', 'praktijkverhalen/een-aanspreekpunt-voor-werkgevers/');
  await to(page, 'Zeeland');
});

test('print a sheet', async (t) => {
  const page = await open(t, '');
  await follow(page, 'Sheets', 'sheets/');
  await follow(page, 'Tussenevaluatie: wat de eerste periode leert', 'sheets/tussenevaluatie/');
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await to(page, 'Print deze sheet');
  await page.keyboard.press('Enter');
  await becomes(() => page.evaluate(() => window.printed), true);
});

test('fill in the worksheet and export it', async (t) => {
  const page = await open(t, '');
  await follow(page, 'Je eigen evaluatie', 'eigen-evaluatie/');
  await page.locator('#export_').waitFor();
  await to(page, 'Antwoord');
  await page.keyboard.type('Vervoer en taal.');
  await to(page, 'Antwoord');
  await page.keyboard.type('Het leerwerkbedrijf begon.');
  const download = page.waitForEvent('download');
  await to(page, 'Bewaar als tekstbestand');
  await page.keyboard.press('Enter');
  const text = await readFile(await (await download).path(), 'utf8');
  assert.match(text, /Welke thema’s uit de doe-agenda[^]*Vervoer en taal\.[^]*Welke activiteiten zijn begonnen[^]*Het leerwerkbedrijf begon\./);
});

test('see what is new', async (t) => {
  const page = await open(t, '', { since: { newest: '2021-06-20' } });
  await page.locator('#news_').waitFor();
  await follow(page, /^Praktijkverhalen \(1\)$/, 'praktijkverhalen/');
  await page.locator('.cards .new').waitFor();
  const title = await page.locator('.card:has(.new) .card-title').textContent();
  await follow(page, title, 'praktijkverhalen/na-het-programma-verder/');
});

test('subscribe to a feed', async (t) => {
  const page = await open(t, '');
  await to(page, 'Nieuws als Atom-feed');
  const address = await page.evaluate(() => document.activeElement.href);
  assert.equal(address, site + 'feed.xml');
  const entries = await page.evaluate(async (url) => {
    const feed = new DOMParser().parseFromString(await (await fetch(url)).text(), 'application/xml');
    return feed.querySelectorAll('feed > entry > link[href]').length;
  }, address);
  assert.ok(entries > 10, `${entries} entries`);
});

test('download the findings as CSV', async (t) => {
  const page = await open(t, '');
  await follow(page, 'Bevindingen', 'bevindingen/');
  await follow(page, 'Alle bevindingen als gegevens', 'bevindingen/#data_'); // past all of them
  const download = page.waitForEvent('download');
  await to(page, 'CSV-bestand, voor een rekenblad');
  await page.keyboard.press('Enter');
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
  assert.match(lines[0], /bevinding,soort,bereik,tekst,thema’s,bron/);
  assert.ok(lines.length > 20, `${lines.length} lines`);
});

test('change to the archive of newsletters', async (t) => {
  const page = await open(t, 'praktijkverhalen/kleine-stuurgroep/');
  await follow(page, 'Nieuwsbrieven', 'nieuwsbrieven/');
  await follow(page, 'Nieuwsbrief 2: leren van tegenvallers', 'nieuwsbrieven/2021-06-leren-van-tegenvallers/');
  await follow(page, /^Vorige/, 'nieuwsbrieven/2021-04-eerste-sheet/');
});
