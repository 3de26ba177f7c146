// What an editor does besides: makes mistakes, saves in other ways, follows, looks places up: node --test live-work.mjs.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { clipboard, needs } from './engine.mjs';
import {
  accessible, address, at, edit, files, folder, layout, open, overlay, program, sheet, start, stays, stop, text, write,
} from './live-preview.mjs';

test('mistakes are listed over the last good page until they are mended', async (t) => {
  const page = await open(t);
  edit(sheet, 'date: 2021-01-01', 'date: 2021-13-01\nsumary: x');
  edit('content/sheets/twee.md', 'date: 2021-02-01', 'date: gisteren');
  await overlay(page).waitFor();
  assert.ok(await overlay(page).locator('li').count() >= 3);
  assert.match(await overlay(page).innerText(), /content\/sheets\/een\.md:3:\d+[\s\S]*2021-13-01[\s\S]*\n {6}\^[\s\S]*bedoelde u/);
  assert.match(await page.title(), /^✗ Sheet een/);
  await text(page, 'Eerste zin.');
  await accessible(page);
  await page.keyboard.press('Escape');
  assert.equal(await overlay(page).isVisible(), false);
  edit('content/sheets/twee.md', 'Tweede tekst.', 'Derde tekst.'); // the list stays the same
  await page.goto(`${address}/sheets/twee/`);
  await page.waitForFunction(() => /^✗/.test(document.title));
  assert.equal(await overlay(page).isVisible(), false);
  await page.locator('leerblad-preview #state').click();
  assert.equal(await overlay(page).isVisible(), true);
  write('content/sheets/twee.md', files['content/sheets/twee.md']);
  await page.waitForFunction(() => !/twee\.md/.test(document.querySelector('leerblad-preview').shadowRoot.querySelector('#overlay').textContent));
  write(sheet, files[sheet]);
  await overlay(page).waitFor({ state: 'hidden' });
  assert.match(await page.title(), /^Sheet twee/);
});

test('a mistake in the theme keeps the page too', async (t) => {
  const page = await open(t);
  edit(layout, '{{body .Body}}', '{{body .Bdy}}');
  await overlay(page).waitFor();
  assert.match(await overlay(page).innerText(), /sheet\.html/);
  await text(page, 'Eerste zin.');
  write(layout, files[layout]);
  await overlay(page).waitFor({ state: 'hidden' });
  await stays(page);
});

test('a browser that follows goes to the text that was saved', async (t) => {
  const page = await open(t);
  edit('content/sheets/twee.md', 'Tweede tekst.', 'Tweede tekst!');
  edit(sheet, 'Eerste zin.', 'Eerste zin!');
  await text(page, 'Eerste zin!');
  assert.match(await page.url(), /\/een\/$/);
  await page.getByLabel('Volg de redacteur').check();
  edit('content/sheets/twee.md', 'Tweede tekst!', 'Tweede tekst?');
  await page.waitForURL('**/twee/');
  await text(page, 'Tweede tekst?');
  assert.equal(await page.getByLabel('Volg de redacteur').isChecked(), true);
  edit(sheet, 'Eerste zin!', 'Eerste zin?');
  await page.waitForURL('**/een/');
});

test('a page of long ago shows the truth after going back', async (t) => {
  const page = await open(t);
  await page.goto(`${address}/sheets/twee/`);
  edit(sheet, 'Eerste zin.', 'Eerste zin is nieuw.');
  await page.goBack();
  await text(page, 'Eerste zin is nieuw.');
  await page.goForward();
  await text(page, 'Tweede tekst.');
});

test('a page that is gone says so, and comes back', async (t) => {
  const page = await open(t);
  rmSync(at(sheet));
  await page.getByText('Eerste zin.').first().waitFor({ state: 'detached' });
  await page.locator('h1').getByText('pagina is er niet', { exact: false }).waitFor();
  write(sheet, files[sheet]);
  await text(page, 'Eerste zin.');
});

test('a tab recovers when the server was started again', async (t) => {
  const page = await open(t);
  const { port } = new URL(address);
  await stop();
  await page.getByText('… Geen verbinding').first().waitFor();
  assert.match(await page.title(), /^… /);
  edit(sheet, 'Eerste zin.', 'Zin van tussendoor.');
  await start(port);
  await text(page, 'Zin van tussendoor.');
  await page.getByText('✓ Bijgewerkt').first().waitFor();
  await stays(page);
});

const ways = {
  'in place': (name, data) => writeFileSync(name, data),
  'with a backup, as Vim': (name, data) => {
    writeFileSync(join(dirname(name), '4913'), '');
    rmSync(join(dirname(name), '4913'));
    renameSync(name, `${name}~`);
    writeFileSync(name, data);
    rmSync(`${name}~`);
  },
  'over it, as VS Code': (name, data) => {
    writeFileSync(`${name}.vsctmp`, data);
    renameSync(`${name}.vsctmp`, name);
  },
  'safely, as JetBrains': (name, data) => {
    writeFileSync(`${name}___jb_tmp___`, data);
    renameSync(name, `${name}___jb_old___`);
    renameSync(`${name}___jb_tmp___`, name);
    rmSync(`${name}___jb_old___`);
  },
  'with sed -i': (name, data) => {
    writeFileSync(name, data.replace('Eerste zin', 'Halve zin'));
    execFileSync('sed', ['-i', 's/Halve zin/Eerste zin/', name]);
  },
  'with lock and temporary files, as Word': (name, data) => {
    const lock = join(dirname(name), '~$een.md');
    const temporary = join(dirname(name), '~WRD0001.tmp');
    writeFileSync(lock, 'redacteur');
    writeFileSync(temporary, data);
    renameSync(name, join(dirname(name), '~WRL0002.tmp'));
    renameSync(temporary, name);
    rmSync(join(dirname(name), '~WRL0002.tmp'));
    rmSync(lock);
  },
  'by removing it first, as OneDrive': (name, data) => {
    copyFileSync(name, `${name}.tmp`);
    rmSync(name);
    writeFileSync(name, data);
    rmSync(`${name}.tmp`);
  },
};

test('every way of saving shows, and leaves no phantom pages or mistakes', async (t) => {
  const page = await open(t);
  let n = 0;
  for (const [way, save] of Object.entries(ways)) {
    const wanted = `Eerste zin ${++n}.`;
    save(at(sheet), files[sheet].replace('Eerste zin.', wanted));
    await text(page, wanted).catch(() => assert.fail(`not shown when saved ${way}`));
  }
  await stays(page);
  await page.goto(`${address}/sheets/`);
  assert.equal(await page.locator('main .card-title a[href*="/sheets/"]').evaluateAll((links) => new Set(links.map((a) => a.pathname)).size), 2);
});

test('Alt+click and a key open the place of a block in the editor', needs('leaving'), async (t) => {
  const page = await open(t);
  const asked = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  session.on('Page.frameRequestedNavigation', ({ url }) => asked.push(url));
  await page.locator('#placed').click({ modifiers: ['Alt'] });
  await page.getByText('Geopend: content/sheets/een.md:7').waitFor();
  await page.locator('#placed').focus();
  await page.keyboard.press('Alt+Shift+K');
  const link = `vscode://file${at(sheet)}:7`;
  for (let i = 0; i < 100 && asked.length < 2; i++) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(asked, [link.replace('file//', 'file/'), link.replace('file//', 'file/')]);
  await stays(page);
});

test('without an editor the place is copied', async (t) => {
  const { port } = new URL(address);
  await stop();
  await start(port, '');
  const page = await open(t, '/sheets/een/', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#placed').click({ modifiers: ['Alt'] });
  await page.getByText('Gekopieerd: content/sheets/een.md:7').waitFor();
  assert.equal(await clipboard(page), 'content/sheets/een.md:7');
  edit(sheet, '2021-01-01', 'gisteren');
  await overlay(page).locator('.place').click();
  await page.getByText('Gekopieerd: content/sheets/een.md:3:7').waitFor();
  await page.goto(`${address}/_leerblad/builds/`);
  await page.locator('main .place').first().click();
  await page.getByText('Gekopieerd: content/sheets/een.md:3:7').waitFor();
  await stop();
  await start(port);
});

test('a link that is no editor is refused, in either language', () => {
  for (const [link, lang, said] of [['javascript:alert({file})', 'nl', /geef een link/], ['vscode://{file}:{column}', 'en', /give a link/]]) {
    const { status, stderr } = spawnSync(program, ['watch', '--lang', lang, '--editor', link], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, said);
  }
});

test('the bar is folded for good, and is not printed', needs('paper'), async (t) => {
  const page = await open(t);
  await page.getByRole('button', { name: 'Balk inklappen' }).press('Enter');
  await page.getByLabel('Volg de redacteur').waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('button', { name: 'Balk uitklappen' }).waitFor();
  assert.equal(await page.getByLabel('Volg de redacteur').isVisible(), false);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: 'Balk uitklappen' }).isVisible(), false);
});

test('an open search page finds what was saved since', async (t) => {
  const page = await open(t, '/zoeken/?q=kwikstaart');
  await page.locator('#nothing_').waitFor();
  edit(sheet, 'Eerste zin.', 'Eerste kwikstaart.');
  await page.locator('.hit', { hasText: 'Sheet een' }).waitFor();
  assert.equal(await page.locator('#q_').inputValue(), 'kwikstaart');
});

test('texts are searched on the page of builds while typing, and stay so after a build', async (t) => {
  const page = await open(t, '/_leerblad/builds/');
  const texts = page.locator('.entry');
  const all = await texts.count();
  const found = page.locator('#found');
  await page.locator('#filter').pressSequentially('sheets/een.md');
  await page.waitForFunction(() => document.querySelectorAll('.entry').length === 1);
  assert.equal(await found.textContent(), '1 gevonden');
  edit(sheet, 'title: Sheet een', 'title: Sheet nul');
  await texts.getByText('Sheet nul').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.entry').length === 1);
  assert.equal(await page.locator('#filter').inputValue(), 'sheets/een.md');
  await page.locator('#filter').fill('');
  await page.waitForFunction((all) => document.querySelectorAll('.entry').length === all, all);
  assert.equal(await found.textContent(), '');
});

test('the bar and the page of builds pass axe, and that page is patched too', async (t) => {
  for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: { width: 320, height: 700 } }]) {
    const page = await open(t, '/_leerblad/builds/', options);
    await accessible(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await page.locator('main details summary').first().click();
    edit(sheet, 'Eerste zin.', `Eerste zin ${options.colorScheme}.`);
    await page.waitForFunction(() => document.querySelectorAll('.builds > li').length > 1
      && /een\.md/.test(document.querySelector('.builds > li').textContent));
    await stays(page);
  }
  const page = await open(t);
  await page.getByText('Uitleg', { exact: true }).click();
  await accessible(page);
});
