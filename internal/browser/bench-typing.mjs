// Measures how soon the true page shows a keystroke on the desk, and how long the desk itself takes for one in a large text, and prints it as
// JSON: node bench-typing.mjs URL CONTENT KEYS, with the address and the folder of leerblad watch. Nothing is saved.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.mjs';

const [site, content, keys] = process.argv.slice(2);
const pause = 150; // milliseconds between two keystrokes: 80 words a minute
const patience = 30000;
const large = 'sheets/bench-groot.md'; // 100 kB

// findSheet gives the first sheet in a file of its own.
function findSheet() {
  const name = readdirSync(join(content, 'sheets')).filter((n) => n.endsWith('.md') && n !== 'README.md').sort()[0];
  if (!name) throw new Error('the publication has no sheet');
  return `sheets/${name}`;
}

// watchFrame runs on the desk. It notes when each keystroke came, when the frame of the page says what stands there after it, and
// when the desk was drawn with it.
function watchFrame() {
  const clock = () => performance.now();
  const frame = document.querySelector('iframe');
  let wanted = [];
  window.benchTyped = { shown: [], drawn: [] };
  const check = () => {
    const text = frame.contentDocument?.body?.textContent ?? '';
    wanted = wanted.filter(({ words, start, at }) => {
      if (!text.includes(words)) return true;
      window.benchTyped.shown[at] = clock() - start;
      return false;
    });
  };
  const observe = () => {
    new frame.contentWindow.MutationObserver(check).observe(frame.contentDocument, { subtree: true, childList: true, characterData: true });
    check();
  };
  frame.addEventListener('load', observe);
  if (frame.contentDocument?.body) observe();
  let words = '';
  document.addEventListener('keydown', (event) => {
    if (event.key.length !== 1) return;
    words += event.key;
    const at = window.benchTyped.shown.length;
    window.benchTyped.shown.push(null);
    wanted.push({ words, start: event.timeStamp, at });
    requestAnimationFrame(() => setTimeout(() => { window.benchTyped.drawn[at] = clock() - event.timeStamp; }));
  }, true);
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// type opens a text, types into a paragraph of its own at its end, and gives what watchFrame noted.
async function type(browser, path) { // with a browser that keeps no unsaved words from before
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`${new URL('/_leerblad/', site)}#${path}`);
  const box = page.getByRole('textbox', { name: /^(Tekst|Text)$/ });
  await box.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await sleep(2000);
  await page.evaluate(watchFrame);
  const letters = 'meting';
  for (let i = 0; i < Number(keys); i++) {
    await page.keyboard.press(letters[i % letters.length]);
    await sleep(pause);
  }
  await page.waitForFunction(() => !window.benchTyped.shown.includes(null));
  const noted = await page.evaluate(() => window.benchTyped);
  await context.close();
  return noted;
}

const browser = await launch();
try {
  const small = await type(browser, findSheet());
  const line = 'Een zin van een lange tekst, die doorgaat over wat er in de regio gebeurt en wat daarvan te leren is.\n\n';
  const front = readFileSync(join(content, findSheet()), 'utf8').match(/^\uFEFF?---\r?\n[^]*?\n---\r?\n/)?.[0] ?? '---\ntitle: Groot\ndate: 2021-01-01\n---\n';
  writeFileSync(join(content, large), `${front.replace(/^title:.*$/m, 'title: Een grote tekst').replace(/^(aliases|number):.*\n/gm, '')}\n${line.repeat(Math.ceil(100000 / line.length))}`);
  await sleep(1000);
  const big = await type(browser, large);
  console.log(JSON.stringify({ small: small.shown, drawn: small.drawn, large: big.shown, largeDrawn: big.drawn }));
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  await browser.close();
}
