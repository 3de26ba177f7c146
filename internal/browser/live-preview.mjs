// A small publication with a preview of it, for tests that edit its files: the program is in LEERBLAD and the
// publication comes in a folder of its own in FOLDER.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import { engine, newPage } from './engine.mjs';
import { becomes } from './reader.mjs';

export const program = process.env.LEERBLAD;
export const folder = mkdtempSync(join(process.env.FOLDER, 'publication-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const sheet = 'content/sheets/een.md';
export const layout = 'theme/layouts/sheet.html';
export const at = (name) => join(folder, name);

const body = Array.from({ length: 40 }, (_, i) => `Alinea nummer ${i + 1} staat hier en zegt iets.\n`).join('\n');
export const files = {
  'content/site.yaml': 'title: Proef\ndescription: Een proef.\nurl: https://example.org/\nlanguage: nl\n',
  'content/index.md': '---\ntitle: Proef\nsummary: Een proef.\n---\nHet begin.\n',
  [sheet]: `---\ntitle: Sheet een\ndate: 2021-01-01\nsummary: De eerste.\n---\nEerste zin.\n\n## Kop\n\n${body}`,
  'content/sheets/twee.md': '---\ntitle: Sheet twee\ndate: 2021-02-01\nsummary: De tweede.\n---\nTweede tekst.\n',
  [layout]: `{{define "main"}}<article><h1>{{.Common.Title}}</h1>
<details><summary>Meer</summary><p>Dicht of open.</p></details>
<p><label for="typed">Naam</label> <input id="typed"> <label for="text">Tekst</label> <textarea id="text"></textarea></p>
<p id="placed" data-source="content/sheets/een.md:7" tabindex="0">Een blok met een plaats.</p>
<div>{{body .Body}}</div></article>{{end}}\n`,
  'theme/assets/tokens.css': '',
  'theme/assets/site.css': 'body { margin: 0 auto; max-width: 40rem; line-height: 2; background: rgb(255 255 255); }\n',
  'theme/assets/site.js': 'document.documentElement.dataset.script = "1";\nif (document.getElementById("finder_")) import("./finder.js");\n',
};

let server;
export let address;

// start runs the program until it says its address, which is the same each time.
export async function start(port = '0', editor = 'vscode://file/{file}:{line}') {
  const args = ['watch', '--content', 'content', '--theme', 'theme', '--address', `127.0.0.1:${port}`, '--editor', editor];
  server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  address = await new Promise((done, fail) => {
    server.stdout.on('data', (data) => done(/http:\/\/\S+?(?=\/[\s)])/.exec(data)[0]));
    server.on('error', fail);
    server.on('exit', (code) => fail(new Error(`leerblad ended with ${code}`)));
  });
}

export async function stop() {
  const ended = new Promise((done) => { server.on('exit', done); });
  server.kill('SIGINT');
  await ended;
}

export function write(name, text) {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

const read = (name) => readFileSync(at(name), 'utf8');
export const edit = (name, from, to) => write(name, read(name).replace(from, to));

before(async () => {
  for (const [name, text] of Object.entries(files)) write(name, text);
  await start();
});
after(stop);

// After a test the files become what they were. A page says how often that was done: once the preview shows it, no
// later page is told of the files that came back.
let restored = 0;
afterEach(async () => {
  const changed = Object.entries(files).filter(([name, text]) => !existsSync(at(name)) || read(name) !== text);
  if (changed.length === 0) return;
  for (const [name, text] of changed) write(name, text);
  restored += 1;
  write('content/pages/stand.md', `---\ntitle: Stand\nsummary: De stand.\n---\nStand ${restored}.\n`);
  await becomes(async () => (await (await fetch(`${address}/stand/`)).text()).includes(`Stand ${restored}.`), true);
});

// open opens a page of the preview and waits until it is listening and shows what the files hold.
export async function open(t, path = '/sheets/een/', options = {}) {
  const page = await newPage(t, { viewport: { width: 1280, height: 800 }, reducedMotion: 'no-preference', ...options });
  page.setDefaultTimeout(10000);
  await page.goto(address + path);
  await page.waitForFunction(() => document.querySelector('leerblad-preview:not([hidden])'));
  await page.getByText('✓ Bijgewerkt').first().waitFor();
  await page.evaluate(() => { window.same = true; });
  return page;
}

export const text = (page, wanted) => page.getByText(wanted, { exact: true }).first().waitFor();
export const stays = async (page) => {
  assert.equal(await page.evaluate(() => window.same), true, 'the page was loaded again');
  assert.deepEqual(page.problems.filter((p) => !/^(Blocked script execution|Refused to apply style)/.test(p)), []); // in a mail; of the styles before
};
export const overlay = (page) => page.locator('leerblad-preview #overlay');

export async function accessible(page) {
  if (engine !== 'chromium') return; // what it finds does not differ
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  page.problems = []; // it tries inline styles
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`), []);
}
