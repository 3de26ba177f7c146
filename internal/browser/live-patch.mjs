// What becomes of an open page while its text is edited: node --test live-patch.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from './engine.mjs';
import {
  edit, layout, open, sheet, stays, text,
} from './live-preview.mjs';
import { becomes } from './reader.mjs';

test('a text is patched; scroll, focus, typed text and open details stay', async (t) => {
  const page = await open(t);
  await page.locator('summary').first().click();
  await page.locator('#text').fill('mijn tekst');
  await page.locator('#typed').fill('mijn naam');
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); })); // Firefox has yet to scroll to what it typed in
  await page.evaluate(() => scrollTo(0, 700));
  const reads = await page.evaluateHandle(() => document.elementFromPoint(innerWidth / 2, 60));
  const top = (await reads.boundingBox()).y;
  edit(sheet, 'Eerste zin.', 'Eerste zin.\n\nNieuw.\n\nEn nog een.\n\nEn nog een derde.');
  await text(page, 'En nog een derde.');
  await becomes(async () => Math.abs((await reads.boundingBox()).y - top) < 1.5, true); // what was read stays where it was
  assert.equal(await page.evaluate(() => document.activeElement.id), 'typed');
  assert.equal(await page.locator('#typed').inputValue(), 'mijn naam');
  assert.equal(await page.locator('#text').inputValue(), 'mijn tekst');
  assert.equal(await page.locator('details').first().evaluate((e) => e.open), true);
  edit(sheet, 'Sheet een', 'Sheet zonder naam');
  await page.waitForFunction(() => /^Sheet zonder naam/.test(document.title));
  await stays(page);
});

test('a selection stays while the text around it changes', async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    const node = [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Alinea nummer 1 ')).firstChild;
    getSelection().setBaseAndExtent(node, 7, node, 13);
  });
  edit(sheet, 'Alinea nummer 1 staat hier en zegt iets.', 'Alinea nummer 1 staat daar en zegt veel.');
  await text(page, 'Alinea nummer 1 staat daar en zegt veel.');
  assert.equal(await page.evaluate(() => getSelection().toString()), 'nummer');
  await stays(page);
});

test('the changed block is marked and brought into view, unless the reader types', async (t) => {
  const page = await open(t);
  const block = page.getByText('Alinea nummer 38', { exact: false });
  assert.equal(await block.evaluate((e) => e.getBoundingClientRect().top > innerHeight), true);
  edit(sheet, 'nummer 38 staat', 'nummer 38 stond');
  await text(page, 'Alinea nummer 38 stond hier en zegt iets.');
  assert.deepEqual(await page.evaluate(() => document.getAnimations().filter((a) => a.id === 'leerblad-changed')
    .map((a) => a.effect.target.textContent)), ['Alinea nummer 38 stond hier en zegt iets.']);
  assert.equal(await block.evaluate((e) => e.getBoundingClientRect().bottom <= innerHeight), true);
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('#typed').focus();
  edit(sheet, 'nummer 37 staat', 'nummer 37 stond');
  await text(page, 'Alinea nummer 37 stond hier en zegt iets.');
  assert.equal(await page.evaluate(() => scrollY), 0);
  await stays(page);
});

test('what scripts have done to the page stays, and new text comes beside it', async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    const made = document.createElement('aside');
    made.id = 'made';
    document.querySelector('article').append(made);
    document.querySelector('details').dataset.mine = 'yes';
  });
  edit(sheet, 'Eerste zin.', 'Eerste zin is anders.');
  await text(page, 'Eerste zin is anders.');
  assert.equal(await page.locator('#made').count(), 1);
  assert.equal(await page.locator('details').first().getAttribute('data-mine'), 'yes');
  await stays(page);
});

test('a place that moves is no change of the text', async (t) => {
  const page = await open(t);
  edit(layout, /een\.md:7/, 'een.md:8');
  await page.locator('#placed[data-source="content/sheets/een.md:8"]').waitFor();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  edit(sheet, 'Eerste zin.', 'Boven.\n\nEerste zin.');
  await text(page, 'Boven.');
  assert.equal(await page.evaluate(() => document.getAnimations().length), 1);
  await stays(page);
});

test('a hidden tab holds no connection, and shows the truth when it is looked at', needs('two'), async (t) => {
  const [page, other] = [await open(t), await open(t)];
  const look = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await look(true);
  edit(sheet, 'Eerste zin.', 'Eerste zin, ongezien.');
  await text(other, 'Eerste zin, ongezien.');
  assert.equal(await page.getByText('Eerste zin.', { exact: true }).count(), 1);
  await look(false);
  await text(page, 'Eerste zin, ongezien.');
  await stays(page);
});

test('whatever changes, the page becomes what the server has', async (t) => {
  const page = await open(t);
  const wrong = await page.evaluate(async () => {
    const { Mirror, parse } = await import('/_leerblad/mirror.js');
    let seed = 1;
    const random = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
    const names = ['p', 'div', 'ul', 'section', 'em'];
    const element = (depth) => {
      const name = names[random(names.length)];
      const id = random(4) === 0 ? ` id="i${random(8)}"` : '';
      const place = random(3) === 0 ? ` data-source="x:${random(99)}"` : '';
      return `<${name}${id}${place} class="c${random(3)}">${depth > 0 ? content(depth - 1) : random(5)}</${name}>`;
    };
    const content = (depth) => Array.from({ length: random(6) }, () => (random(3) ? element(depth) : `text ${random(6)}`)).join('');
    const make = () => `<html lang="nl"><head><title>${random(3)}</title></head><body class="b${random(2)}">${content(3)}</body></html>`;
    const mirror = new Mirror();
    let html;
    for (let i = 0; i < 600; i++) {
      const texts = i % 3 > 0 ? [...html.matchAll(/text \d/g)] : []; // else only one text is another
      const at = texts.length > 0 ? texts[random(texts.length)].index : -1;
      html = at < 0 ? make() : `${html.slice(0, at)}text <em>${random(6)}</em>${random(2) ? '<p>' : ''}${html.slice(at + 6)}`;
      mirror.patch(html);
      if (!document.documentElement.isEqualNode(parse(html))) return `${i}: ${html}\n${document.documentElement.outerHTML}`;
    }
    return '';
  });
  assert.equal(wrong, '');
});

test('an element keeps itself when it moves or when others come before it', async (t) => {
  const page = await open(t);
  const kept = await page.evaluate(async () => {
    const { Mirror } = await import('/_leerblad/mirror.js');
    const wrap = (html) => `<html><body>${html}</body></html>`;
    const mirror = new Mirror();
    mirror.patch(wrap('<p>a b c</p><p>d e f</p><p>1</p><p>2</p><p id="m">m</p><video src="/x"></video><p>g h i</p>'));
    const olds = [...document.body.children];
    mirror.patch(wrap('<p id="m">m</p><p>new one</p><p>a b C</p><p>d E f</p><p>1</p><p>2</p><video src="/x"></video><p>g H i</p><p>z</p>'));
    return [...document.body.children].map((e) => olds.indexOf(e));
  });
  assert.deepEqual(kept, [4, -1, 0, 1, 2, 3, 5, 6, -1]);
});

test('of a page in which one paragraph is another, that paragraph alone is read', async (t) => {
  const page = await open(t);
  const read = await page.evaluate(async () => {
    const { Mirror } = await import('/_leerblad/mirror.js');
    const make = (...words) => `<html><body>${words.map((w, i) => `<p data-source="x:${i}">${w}</p>`).join('')}</body></html>`;
    const mirror = new Mirror();
    const { parseFromString } = DOMParser.prototype;
    const list = [];
    DOMParser.prototype.parseFromString = function parseNoted(html, type) {
      list.push(html.length > 60 ? 'page' : html);
      return parseFromString.call(this, html, type);
    };
    for (const words of [['a', 'b', 'c'], ['a', 'be', 'c'], ['a', 'be', 'c <em>d</em>'], ['A', 'be', 'C'], ['A', 'be C']]) mirror.patch(make(...words));
    DOMParser.prototype.parseFromString = parseFromString;
    return [...list, document.body.innerHTML];
  });
  const paragraphs = ['<p data-source="x:1">be</p>', '<p data-source="x:2">c <em>d</em></p>'];
  assert.deepEqual(read, ['page', ...paragraphs, 'page', 'page', '<p data-source="x:0">A</p><p data-source="x:1">be C</p>']);
});

test('styles are exchanged in the page', async (t) => {
  const page = await open(t);
  edit('theme/assets/site.css', '255 255 255', '200 255 200');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(200, 255, 200)');
  await page.waitForFunction(() => document.querySelectorAll('head link[rel=stylesheet]').length === 2);
  await stays(page);
});

test('a changed script loads the page again, at the same place', async (t) => {
  const page = await open(t);
  await page.evaluate(() => scrollTo(0, 500));
  edit('theme/assets/site.js', '"1"', '"2"');
  await page.waitForFunction(() => document.documentElement.dataset.script === '2');
  assert.equal(await page.evaluate(() => window.same === undefined), true);
  await page.waitForFunction(() => scrollY === 500);
});

test('a new finding comes in with its button, and nothing is loaded again', async (t) => {
  const page = await open(t);
  edit(sheet, 'Eerste zin.', 'Eerste zin.\n\n- [+] Dit is nieuw. {#nieuw}');
  await page.locator('#nieuw [data-copy]').waitFor();
  await stays(page);
});

test('new parts that wait for a script load the page again', async (t) => {
  const page = await open(t);
  edit(layout, '<details>', '<button hidden>Kopieer</button><details>');
  await page.waitForFunction(() => !window.same && document.querySelector('button[hidden]'));
});

