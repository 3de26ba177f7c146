// Measures how soon the live preview shows an edit, and prints it as JSON: node bench.mjs URL CONTENT THEME PID EDITS, with the
// address, the folders and the process of leerblad watch. It edits the files in those folders.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.mjs';

const [site, content, theme, pid, edits] = process.argv.slice(2);
const pause = 200; // milliseconds: nobody saves faster than that
const patience = 60000;

const read = (file) => readFileSync(file, 'utf8');
const clock = () => performance.timeOrigin + performance.now();
const retitled = (text, title) => text.replace(/^title:.*$/m, `title: ${title}`);

// findSheet gives the first sheet in a file of its own that names a topic.
function findSheet() {
  for (const name of readdirSync(join(content, 'sheets')).filter((n) => n.endsWith('.md') && n !== 'README.md').sort()) {
    const file = join(content, 'sheets', name);
    const text = read(file);
    const topic = text.match(/^topics:\s*(?:\[\s*|-\s*)["']?([a-z0-9-]+)/m)?.[1];
    const front = text.match(/^\uFEFF?---\r?\n[^]*?\n---\r?\n/)?.[0];
    if (topic && front) return { slug: name.slice(0, -3), file, text, front, topic: join(content, 'topics', `${topic}.md`) };
  }
  throw new Error('the publication has no sheet with a topic');
}

// processor gives the milliseconds that watch has computed, in steps of ten, and memory the bytes that it holds. Elsewhere than
// on Linux both are 0.
function processor() {
  if (process.platform !== 'linux') return 0;
  const fields = read(`/proc/${pid}/stat`).split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function memory() {
  return process.platform === 'linux' ? Number(read(`/proc/${pid}/status`).match(/VmRSS:\s*(\d+)/)[1]) * 1024 : 0;
}

// observe runs in every page before anything of the page's own. What is awaited outlives a reload in the session's storage.
function observe() {
  if (location.protocol === 'about:' || window !== top) return;
  let want = JSON.parse(sessionStorage.getItem('bench'));
  const check = () => {
    const element = want && document.querySelector(want.selector);
    if (!element) return;
    if (want.property ? getComputedStyle(element)[want.property] !== want.value : !element.textContent.includes(want.value)) return;
    const time = performance.timeOrigin + performance.now();
    want = null;
    sessionStorage.removeItem('bench');
    window.benchSeen(time);
  };
  const frame = () => {
    check();
    if (want) requestAnimationFrame(frame); // a style may come without a change to the document
  };
  window.benchAwait = (next) => {
    want = next;
    sessionStorage.setItem('bench', JSON.stringify(want));
    frame();
  };
  new MutationObserver(check).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('load', check, true);
  frame();
}

// plan gives pages of the site with what is edited while they are open. An edit has a name, what to save, and what then to await;
// those of one list take turns.
async function plan(page) {
  const sheet = findSheet();
  const foot = join(theme, 'partials', 'foot.html');
  const css = join(theme, 'assets', 'site.css');
  const [topicText, footText, cssText] = [sheet.topic, foot, css].map(read);
  const story = join(content, 'stories', 'bench-nieuw-verhaal.md');
  await page.goto(site);
  const stories = await page.evaluate(() => document.documentElement.lang) === 'en' ? 'stories/' : 'praktijkverhalen/';
  await page.goto(site + stories);
  const newest = await page.locator('.card-title').first().textContent();
  const edit = (name, save, selector, value = (token) => token, property) =>
    ({ name, save, want: (token, i) => ({ selector, value: value(token, i), property }) });
  return [
    [`sheets/${sheet.slug}/`, [
      [edit('body', (token) => writeFileSync(sheet.file, `${sheet.front}${token}\n${sheet.text.slice(sheet.front.length)}`), '.prose')],
      [edit('title', (token) => writeFileSync(sheet.file, retitled(sheet.text, token)), 'h1')],
    ]],
    [stories, [
      [edit('new file', (token) => writeFileSync(story, `---\ntitle: ${token}\ndate: 2099-12-31\n---\n\nEen verhaal.\n`), '.card-title'),
        edit('deleted file', () => rmSync(story), '.card-title', () => newest)],
    ]],
    [`sheets/${sheet.slug}/`, [
      [edit('topic rename', (token) => writeFileSync(sheet.topic, retitled(topicText, token)), '.tags')],
      [edit('template', (token) => writeFileSync(foot, `${footText}<p id="bench">${token}</p>`), '#bench')],
      [edit('stylesheet', (_, i) => writeFileSync(css, `${cssText}\nh1 { orphans: ${1000 + i}; }\n`), 'h1', (_, i) => `${1000 + i}`, 'orphans')],
    ]],
  ];
}

// compareClocks makes sure that Chromium and Node tell the same time.
async function compareClocks(page) {
  let off = Infinity;
  for (let i = 0; i < 20; i++) {
    const before = clock();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    off = Math.min(off, Math.max(before - there, there - clock(), 0));
  }
  if (off > 1) throw new Error(`the clock of Chromium is ${off} ms off`);
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function run(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  let shown;
  await context.exposeFunction('benchSeen', (time) => shown(time));
  await context.addInitScript(observe);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);

  // measure saves once, and gives the milliseconds until the page shows it.
  async function measure(kind, save, want) {
    await page.waitForLoadState();
    let timer;
    const seen = new Promise((done, fail) => {
      shown = done;
      timer = setTimeout(() => fail(new Error(`the page does not show the edit "${kind}"`)), patience).unref();
    });
    await page.evaluate((w) => window.benchAwait(w), want);
    const start = clock();
    save();
    const took = await seen - start;
    clearTimeout(timer);
    return took;
  }

  const result = { memory: 0, kinds: [] };
  for (const [path, lists] of await plan(page)) {
    await page.goto(site + path);
    await sleep(5 * pause);
    await compareClocks(page);
    result.memory ||= memory();
    for (const turns of lists) {
      const measured = turns.map(({ name }) => ({ name, milliseconds: [], cpu: 0, memory: 0 }));
      result.kinds.push(...measured);
      for (let i = 0; i < Number(edits); i++) {
        for (const [turn, { name, save, want }] of turns.entries()) {
          const token = `${name.replace(' ', '')}${i}einde`;
          const before = processor();
          measured[turn].milliseconds.push(await measure(name, () => save(token, i), want(token, i)));
          await sleep(pause);
          measured[turn].cpu += (processor() - before) / Number(edits);
          measured[turn].memory = memory();
        }
      }
    }
  }
  return result;
}

let browser;
try {
  browser = await launch();
} catch (err) {
  console.error(`Chromium does not start: install it (apt-get install chromium), or give its path in CHROMIUM.\n${err.message}`);
  process.exit(1);
}
try {
  console.log(JSON.stringify(await run(browser)));
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  await browser.close();
}
