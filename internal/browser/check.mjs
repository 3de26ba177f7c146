// Visits pages of a site in Chromium and prints what is wrong with them, one JSON object a line: {page, mode, problem}.
// usage: node check.mjs ORIGIN BASE MODES PATH…   (MODES: names of those below, with commas)
import { violations } from './axe.mjs';
import { launch } from './chromium.mjs';
import { colours, faintShapes, misplacedText, printed, readable, smallTargets, spaceOut, walk } from './measure.mjs';

const [origin, base, asked, ...paths] = process.argv.slice(2);
// A page is loaded once, and looked at in one mode after the other; the last ones change it.
const modes = Object.entries({
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light', checks: [axe, sized, shown] },
  dark: { viewport: { width: 320, height: 800 }, colorScheme: 'dark', checks: [axe, sized, shown] },
  forced: { viewport: { width: 768, height: 900 }, forcedColors: 'active', checks: [axe] },
  print: { viewport: { width: 700, height: 990 }, media: 'print', checks: [axe, onPaper] },
  keys: { viewport: { width: 1280, height: 900 }, checks: [walked] },
  zoom: { viewport: { width: 320, height: 256 }, checks: [shown, walked] }, // 1280 by 1024 at 400%
  spaced: { viewport: { width: 320, height: 800 }, checks: [spaced, shown] },
  plain: { viewport: { width: 1280, height: 900 }, checks: [alike] },
}).filter(([name]) => asked.split(',').includes(name));

async function axe(page, { media }) { return violations(page, { print: media === 'print' }); }
async function sized(page) { return page.evaluate(smallTargets); }
async function spaced(page) { await page.evaluate(spaceOut); return []; }
async function walked(page) {
  await page.waitForLoadState('networkidle'); // scripts have shown what needs them
  return walk(page);
}

async function shown(page, { viewport }) {
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  const found = [...await page.evaluate(misplacedText), ...await page.evaluate(faintShapes)];
  return wide > viewport.width ? [...found, `wider than the window: ${wide} > ${viewport.width} px`] : found;
}

// alike compares the page with what it is without scripts.
async function alike(page) {
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(page.url());
  const [scripted, unscripted] = [await page.evaluate(readable), await plain.evaluate(readable)];
  await context.close();
  if (scripted === unscripted) return [];
  let at = 0;
  while (scripted[at] === unscripted[at]) at++;
  return [`other text without scripts: ${JSON.stringify(unscripted.slice(at, at + 60))}, with: ${JSON.stringify(scripted.slice(at, at + 60))}`];
}

async function onPaper(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString('latin1');
  const found = await page.evaluate(printed);
  for (const part of ['/StructTreeRoot', '/MarkInfo', '/Lang']) if (!pdf.includes(part)) found.push(`a PDF without ${part}`);
  return found;
}

async function visit(browser, path) {
  let mode = 'load';
  const context = await browser.newContext({ viewport: modes[0][1].viewport });
  const page = await context.newPage();
  const say = (problem) => console.log(JSON.stringify({ page: path, mode, problem }));
  page.on('console', (m) => m.type() === 'error' && !(path.endsWith('404.html') && /404/.test(m.text())) && say(`console: ${m.text()}`));
  page.on('pageerror', (e) => say(`script: ${e.message}`));
  page.on('requestfailed', (r) => !/ERR_ABORTED/.test(r.failure()?.errorText) && say(`failed: ${r.url()}`));
  page.on('request', (r) => r.url().startsWith(origin + base) || say(`foreign request: ${r.url()}`));
  const response = await page.goto(origin + path, { waitUntil: 'load' });
  if (!response.ok()) say(`status ${response.status()}`);
  await page.evaluate(colours);
  for (const [name, { viewport, checks, media = 'screen', colorScheme = 'light', forcedColors = 'none' }] of modes) {
    mode = name;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ media, colorScheme, forcedColors });
    for (const check of checks) for (const problem of await check(page, { viewport, media })) say(problem);
  }
  if ((await context.cookies()).length > 0) say('it sets a cookie');
  await context.close();
}

const browser = await launch();
async function worker() {
  for (let path = paths.shift(); path; path = paths.shift()) await visit(browser, path);
}
await Promise.all([worker(), worker()]);
await browser.close();
