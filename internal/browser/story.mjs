// A reader contributes a practice story, by keyboard alone in Chromium and with a mouse in Firefox, where that takes a third of the time:
// node --test story.mjs, with the sample site in SITE, chrome or firefox in BROWSER, a folder for what is downloaded in DOWNLOADS, and a photo in PHOTO.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { Desk, becomes } from './desk-driver.mjs';
import { launch } from './driver.mjs';

const { SITE, BROWSER, DOWNLOADS, PHOTO } = process.env;
let browser;
before(async () => { browser = await launch(BROWSER, { downloads: DOWNLOADS }); });
after(() => browser?.close());

const focused = (page) => page.evaluate(() => document.activeElement.id);

test('a story is told, kept, made and downloaded', async () => {
  const page = await browser.newPage();
  const reader = new Desk(page, BROWSER === 'chrome' ? 'keyboard' : 'pointer');
  const open = async () => {
    await page.goto(`${SITE}praktijkverhaal-delen/`);
    await page.waitForSelector('#story_:not([hidden])');
  };
  await open();

  // Nothing filled in: all that is missing is told, where the focus goes; a link of it leads to its field.
  await reader.press('button', 'Voeg iets toe');
  await reader.press('button', 'Maak het bestand');
  await becomes(() => focused(page), 'errors_');
  assert.equal(await page.$$eval('#errors_ li', (all) => all.length), 11);
  if (BROWSER === 'chrome') {
    for (const [width, scheme, forced] of [[1280, 'light', 'none'], [320, 'dark', 'none'], [768, 'light', 'active']]) {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'forced-colors', value: forced }]);
      assert.deepEqual(await violations(page), [], `${width} ${scheme} ${forced}`);
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
    }
    await page.emulateMediaFeatures([]);
    await page.setViewport({ width: 1280, height: 800 });
  }
  await reader.press('link', 'Bijlage 1: Beschrijf wat erop te zien is');
  await becomes(() => focused(page), 'alt_1');
  assert.match(await page.$eval('#alt_1', (e) => e.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join()), /niet ziet.*Beschrijf/);

  await page.keyboard.type('Een tekening van een *rivier*');
  assert.equal(await page.$eval('#alt_1', (e) => e.getAttribute('aria-invalid')), null);
  await reader.bring(/^Welk bestand/, PHOTO);
  await reader.type('textbox', /^Welk bijschrift/, 'De rivier: #1');
  await reader.tick('Nee, niemand', '.medium');
  await reader.type('textbox', /^Welke titel/, `Proef: "samen" in ${BROWSER}`);
  await reader.choose(/^In welke arbeidsmarktregio/, 'Friesland');
  await reader.tick('Loopt nog');
  await reader.type('textbox', /^Wat was de aanleiding/, '# Te weinig *mensen*');
  await reader.type('textbox', /^Wat hebben jullie/, 'Eerst: <b>bellen</b>.\n\n- toen\n- lopen');
  await becomes(() => page.$eval('#story_status', (e) => e.textContent), /bewaart deze browser|Toegevoegd/);

  // Who comes back finds what was there, the photo too.
  await open();
  await becomes(() => page.$eval('#file_1', (e) => e.files[0]?.name), PHOTO.split('/').pop());
  assert.equal(await page.$eval('#done_', (e) => e.value), 'Eerst: <b>bellen</b>.\n\n- toen\n- lopen');
  await reader.type('textbox', /^Wat kwam eruit/, 'Dat weten we [nog] niet.');
  await reader.type('textbox', /^Wat kan een ander/, 'Begin: klein\n- Bel eerst\n');
  await reader.press('button', 'Voeg iets toe');
  await becomes(() => focused(page), 'type_2');
  await page.keyboard.type('Een uitspraak');
  await reader.type('textbox', /^Wat zei deze persoon/, 'Ik "wist" het niet.');
  await reader.type('textbox', /^Wie zei het/, 'een jobcoach');
  await reader.tick('Ja, en zij vinden het goed dat het op de site komt', '.medium:nth-of-type(2)');
  await reader.type('textbox', 'Je naam', 'Afzender');
  await reader.press('checkbox', /^Ik mag dit delen/);
  await reader.press('button', 'Maak het bestand');
  await becomes(() => focused(page), 'sending_');
  const name = `proef-samen-in-${BROWSER}.leerblad.zip`;
  assert.equal(await page.$eval('#parcel_', (e) => e.textContent), name);
  assert.match(await page.$eval('#mail_', (e) => e.href), /^mailto:redactie@example\.org\?subject=Praktijkverhaal%3A%20Proef/);
  await becomes(() => existsSync(`${DOWNLOADS}/${name}`), true, readdirSync(DOWNLOADS).join());

  // Cleared, it is gone for who comes next.
  page.on('dialog', (dialog) => dialog.accept());
  await reader.press('button', 'Wis alles');
  await becomes(() => page.$eval('#story_status', (e) => e.textContent), 'Alles is gewist.');
  await open();
  assert.equal(await page.evaluate(() => document.getElementById('title_').value + document.querySelectorAll('.medium').length), '0');
  assert.deepEqual(reader.problems, []);
});
