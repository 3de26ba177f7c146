// Visits pages of a site in Chromium and prints what is wrong with them, one JSON object a line: {page, mode, problem}.
// usage: node check.mjs ORIGIN BASE MODES PATH…   (MODES: comma-separated names of the modes below)
import { violations } from './axe.mjs';
import { launch } from './chromium.mjs';

const [origin, base, modes, ...paths] = process.argv.slice(2);
const all = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 320, height: 800 }, colorScheme: 'dark' },
  forced: { viewport: { width: 768, height: 900 }, forcedColors: 'active' },
  print: { viewport: { width: 700, height: 990 }, media: 'print' },
};

const report = (page, mode, problem) => console.log(JSON.stringify({ page, mode, problem }));

// smallTargets gives the controls that are under 24 by 24 px and no links within a line of text (WCAG 2.5.8).
function smallTargets() {
  const found = [];
  for (const el of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    const box = el.getBoundingClientRect();
    if (box.width === 0 || !el.checkVisibility()) continue;
    const inline = getComputedStyle(el).display === 'inline' && el.tagName === 'A';
    const choice = el.tagName === 'INPUT' && el.labels.length > 0 && el.labels[0].getBoundingClientRect().height >= 24;
    if (!inline && !choice && (box.width < 23.5 || box.height < 23.5)) found.push(el.outerHTML.slice(0, 120));
  }
  return found;
}

async function visit(browser, path, name) {
  const { media, ...options } = all[name];
  const context = await browser.newContext({ ...options, bypassCSP: false });
  const page = await context.newPage();
  const say = (problem) => report(path, name, problem);
  page.on('console', (m) => m.type() === 'error' && !(path.endsWith('404.html') && /404/.test(m.text())) && say(`console: ${m.text()}`));
  page.on('pageerror', (e) => say(`script: ${e.message}`));
  page.on('requestfailed', (r) => !/ERR_ABORTED/.test(r.failure()?.errorText) && say(`failed: ${r.url()}`));
  page.on('request', (r) => r.url().startsWith(origin + base) || say(`foreign request: ${r.url()}`));
  if (media) await page.emulateMedia({ media });
  const response = await page.goto(origin + path, { waitUntil: 'load' });
  if (!response.ok()) say(`status ${response.status()}`);
  const width = options.viewport.width;
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  if (wide > width) say(`wider than the window: ${wide} > ${width} px`);
  if (name === 'light' || name === 'dark') for (const el of await page.evaluate(smallTargets)) say(`small target: ${el}`);
  for (const v of await violations(page, { print: media === 'print' })) say(v);
  await context.close();
}

const browser = await launch();
const queue = modes.split(',').flatMap((mode) => paths.map((path) => [path, mode]));
async function worker() {
  for (let job = queue.shift(); job; job = queue.shift()) await visit(browser, ...job);
}
await Promise.all([worker(), worker()]);
await browser.close();
