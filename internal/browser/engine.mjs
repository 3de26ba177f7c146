// The browser that tests use as readers and editors do: that of ENGINE, which is chromium, firefox or webkit.
import { after, before } from 'node:test';
import { launch } from './chromium.mjs';
import { drive } from './driver.mjs';

export const engine = process.env.ENGINE ?? 'chromium';
let browser;
before(async () => { browser = await (engine === 'chromium' ? launch() : drive(engine)); });
after(async () => { await browser.close(); });

// powers are what the drivers of the other engines cannot do, and so the reason why a task is left out.
const powers = {
  scripts: ['its driver cannot turn scripts off', 'firefox', 'webkit'],
  answers: ['its driver cannot answer for the server', 'firefox', 'webkit'],
  looks: ['its driver cannot ask for a dark page', 'firefox', 'webkit'],
  paper: ['its driver makes no PDF that can be read here', 'firefox', 'webkit'],
  tree: ['its driver does not give what screen readers get', 'firefox', 'webkit'],
  leaving: ['its driver does not tell which other program is asked for', 'firefox', 'webkit'],
  costs: ['its driver does not tell what was used', 'firefox', 'webkit'],
  first: ['its driver cannot run anything before the page', 'webkit'],
  styles: ['its clipboard writes styles anew, in other words', 'webkit'],
  two: ['its driver has one page', 'webkit'],
  narrow: ['its window does not become so narrow', 'webkit'],
};

// needs gives the options of a test that needs these powers.
export function needs(...names) {
  const missing = names.map((name) => powers[name]).find(([, ...engines]) => engines.includes(engine));
  return { skip: missing ? missing[0] : false };
}

// newPage makes a page in a context of its own; its errors, and what the policy forbade, stand in problems.
export async function newPage(t, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.problems = [];
  t.after(() => context.close());
  page.on('console', (m) => m.type() === 'error' && !/Failed to load resource/.test(m.text()) && page.problems.push(m.text()));
  page.on('pageerror', (e) => page.problems.push(e.message));
  if (!needs('first').skip) await page.addInitScript(tell);
  return page;
}

// tell writes in the console what the policy forbids, of which WebKit is not asked: there the server gets reports alone.
function tell() {
  addEventListener('securitypolicyviolation', (e) => console.error(`the policy forbids ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
}

// clipboard gives the text that was copied; where that cannot be read, it is pasted into a field.
export async function clipboard(page) {
  if (engine === 'chromium') return page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('Control+v');
  await page.waitForFunction(() => document.getElementById('pasted').value !== '');
  return page.evaluate(() => {
    const field = document.getElementById('pasted');
    field.remove();
    return field.value;
  });
}
