// Firefox and WebKit behind as much of Playwright's way of asking as the tasks of readers and editors need, so that each task is written once:
// Playwright wants browsers of its own for them. Firefox is driven by Puppeteer, over WebDriver BiDi, WebKit by webkit.mjs; what either of them
// cannot be asked is in reader.mjs.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { launch as launchWebKit } from './webkit.mjs';

// launch starts a browser without a window, and without anything that asks the network by itself; profile is a folder that it keeps its data in,
// downloads one for what it is told to keep.
export async function launch(browser, { profile, downloads } = {}) {
  if (browser === 'webkit') return launchWebKit(downloads);
  const of = browser === 'firefox'
    ? {
      executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr',
      extraPrefsFirefox: downloads && { 'browser.download.folderList': 2, 'browser.download.dir': downloads, 'browser.download.alwaysOpenPanel': false },
    }
    : {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    };
  const started = await puppeteer.launch({ browser, headless: true, userDataDir: profile, defaultViewport: { width: 1280, height: 800 }, timeout: 90000, protocolTimeout: 60000, ...of });
  if (downloads && browser === 'chrome') {
    const client = await started.target().createCDPSession();
    await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  }
  return started;
}

// drive starts firefox or webkit, as Playwright would.
export async function drive(engine) {
  const downloads = mkdtempSync(join(tmpdir(), 'downloads-'));
  const browser = await launch(engine, { downloads });
  return {
    newContext: (options) => (engine === 'webkit' ? sameContext : newContext)(browser, downloads, options),
    close: async () => {
      await browser.close();
      rmSync(downloads, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function newContext(browser, downloads, { viewport }) {
  const context = await browser.createBrowserContext();
  return {
    newPage: async () => {
      const page = await context.newPage();
      await page.setViewport(viewport);
      await page.bringToFront(); // Firefox gives no keys to a tab behind others
      return new Page(page, downloads);
    },
    close: () => context.close(),
  };
}

// sameContext uses one page of WebKit again and again, since each would be another browser there, and forgets what it kept.
let kept;
async function sameContext(browser, downloads, { viewport }) {
  kept ??= await (await browser.createBrowserContext()).newPage();
  return {
    newPage: async () => {
      await kept.setViewport(viewport);
      return new Page(kept, downloads);
    },
    close: () => kept.evaluate(() => { localStorage.clear(); sessionStorage.clear(); }),
  };
}

// find runs in the page: it gives the elements that steps lead to, one after the other; styles, words and roles look into shadow trees too.
function find(steps) {
  const plain = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const isShown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().height > 0;
  const fits = (text, { name, exact, pattern }) => {
    if (pattern) return new RegExp(pattern[0], pattern[1]).test(plain(text));
    return exact ? plain(text) === name : plain(text).toLowerCase().includes(name.toLowerCase());
  };
  const deep = (scope, css) => [
    ...scope.querySelectorAll(css),
    ...[...scope.querySelectorAll('*')].filter((e) => e.shadowRoot).flatMap((e) => deep(e.shadowRoot, css.replace(`${e.localName} `, ''))),
  ];
  const nameOf = (e) => e.getAttribute('aria-label') ?? (e.labels?.length ? [...e.labels].map((l) => l.textContent).join(' ') : e.textContent);
  const roles = { link: 'a[href]', button: 'button, [role=button]', radio: 'input[type=radio]' };
  const take = {
    css: (scope, { css, has }) => {
      const all = css.includes(':visible') ? css.split(',').flatMap((one) => deep(scope, one.replace(':visible', '')).filter(isShown)) : deep(scope, css);
      return has ? all.filter((e) => fits(e.textContent, { name: has })) : all;
    },
    text: (scope, step) => [...(scope.nodeType === Node.ELEMENT_NODE ? [scope] : []), ...deep(scope, '*')].filter((e) => !e.closest('head, script, style') && fits(e.textContent, step) && ![...e.children].some((c) => fits(c.textContent, step))),
    role: (scope, step) => deep(scope, roles[step.role]).filter((e) => isShown(e) && fits(nameOf(e), step)),
    label: (scope, step) => deep(scope, 'input, select, textarea').filter((e) => fits(nameOf(e), step)),
    frame: (scope, { frame }) => deep(scope, frame).map((e) => e.contentDocument).filter(Boolean),
  };
  return steps.reduce((found, step) => ('nth' in step ? found.slice(step.nth).slice(0, 1) : [...new Set(found.flatMap((scope) => take[step.by](scope, step)))]), [document]);
}

// after makes a function for the page out of what is done with the elements that are found.
const after = (act) => (0, eval)(`(steps, ...args) => (${act})((${find})(steps), ...args)`);
const named = (name, exact = false) => (name instanceof RegExp ? { pattern: [name.source, name.flags] } : { name, exact });
const isGone = (error) => /context|navigat|destroyed|detached|discarded|no such frame|stale|not found|unloaded|not clickable/i.test(error.message);

class Page {
  constructor(page, downloads) {
    Object.assign(this, { page, downloads, patience: 20000, keyboard: new Keyboard(page.keyboard) });
  }

  setDefaultTimeout(patience) { this.patience = patience; }

  on(event, act) { this.page.on(event, act); }

  once(event, act) { this.page.once(event, act); }

  // until asks until there is an answer, also while one page takes the place of another.
  async until(ask, what) {
    for (const end = Date.now() + this.patience; ;) {
      const got = await this.again(ask);
      if (got) return got;
      if (Date.now() > end) throw new Error(`it does not come: ${what}`);
      await sleep(40);
    }
  }

  async again(ask) {
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (tries === 20 || !isGone(error)) throw error;
        await sleep(50);
      }
    }
  }

  goto(url) { return this.page.goto(url); }

  reload() { return this.page.reload(); }

  // go leaves for another page, which need not be loaded to be shown.
  async go(act) {
    const was = await this.url();
    await this.page.evaluate(act);
    return this.until(async () => await this.url() !== was && this.loaded(), 'another page');
  }

  goBack() { return this.go(() => { history.back(); }); }

  goForward() { return this.go(() => { history.forward(); }); }

  addInitScript(act, arg) { return this.page.evaluateOnNewDocument(act, arg); }

  evaluate(act, arg) { return this.again(() => this.page.evaluate(act, arg)); }

  async evaluateHandle(act) { return new Element(await this.page.evaluateHandle(act)); }

  url() { return this.evaluate(() => document.URL); }

  title() { return this.evaluate(() => document.title); }

  waitForFunction(act, arg) { return this.until(() => this.page.evaluate((0, eval)(`async (arg) => Boolean(await (${act})(arg))`), arg), act); }

  loaded() { return this.evaluate(() => document.readyState === 'complete'); }

  async waitForLoadState() {
    await this.until(() => this.loaded(), 'the page');
    await sleep(500);
  }

  // waitForURL waits until the page with this address is loaded.
  waitForURL(wanted) {
    const fits = typeof wanted === 'function' ? (url) => wanted(new URL(url))
      : (url) => (wanted instanceof RegExp ? wanted : new RegExp(`^${wanted.replace(/[.?]/g, '\\$&').replace('**', '.*')}$`)).test(url);
    return this.until(async () => fits(await this.url()) && this.loaded(), `the address ${wanted}`);
  }

  // waitForEvent waits for a download, the only thing that is waited for.
  async waitForEvent() {
    const files = () => readdirSync(this.downloads).filter((one) => !one.startsWith('.'));
    for (const old of files()) rmSync(join(this.downloads, old));
    const name = await this.until(async () => files().find((one) => !/\.(part|wkdownload)$/.test(one) && statSync(join(this.downloads, one)).size > 0), 'a download');
    return { suggestedFilename: () => name, path: async () => join(this.downloads, name) };
  }

  locator(css, { hasText } = {}) { return new Locator(this, []).locator(css, { hasText }); }

  frameLocator(frame) { return new Locator(this, [{ by: 'frame', frame }]); }

  getByText(...words) { return new Locator(this, []).getByText(...words); }

  getByRole(...words) { return new Locator(this, []).getByRole(...words); }

  getByLabel(...words) { return new Locator(this, []).getByLabel(...words); }
}

class Element {
  constructor(handle) { this.handle = handle; }

  boundingBox() { return this.handle.evaluate((e) => e.getBoundingClientRect().toJSON()); }
}

class Locator {
  constructor(page, steps) {
    Object.assign(this, { page, steps });
  }

  #and(step) { return new Locator(this.page, [...this.steps, step]); }

  locator(css, { hasText } = {}) { return this.#and({ by: 'css', css, has: hasText }); }

  getByText(name, { exact } = {}) { return this.#and({ by: 'text', ...named(name, exact) }); }

  getByRole(role, { name, exact }) { return this.#and({ by: 'role', role, ...named(name, exact) }); }

  getByLabel(name) { return this.#and({ by: 'label', ...named(name) }); }

  nth(nth) { return this.#and({ nth }); }

  first() { return this.nth(0); }

  last() { return this.nth(-1); }

  // evaluateAll asks something of all that there are now.
  evaluateAll(act, arg) { return this.page.again(() => this.page.page.evaluate(after(act), this.steps, arg)); }

  count() { return this.evaluateAll((all) => all.length); }

  async all() { return Array.from({ length: await this.count() }, (_, i) => this.nth(i)); }

  allTextContents() { return this.evaluateAll((all) => all.map((e) => e.textContent)); }

  allInnerTexts() { return this.evaluateAll((all) => all.map((e) => e.innerText)); }

  isVisible() { return this.evaluateAll(([e]) => Boolean(e) && e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height > 0); }

  // evaluate waits until there is one, and asks something of it.
  async evaluate(act, arg) {
    const { got } = await this.page.until(() => this.page.page.evaluate(
      (0, eval)(`async (steps, arg) => { const [e] = (${find})(steps); return e ? { got: await (${act})(e, arg) } : null; }`), this.steps, arg), JSON.stringify(this.steps));
    return got;
  }

  textContent() { return this.evaluate((e) => e.textContent); }

  innerText() { return this.evaluate((e) => e.innerText); }

  inputValue() { return this.evaluate((e) => e.value); }

  isChecked() { return this.evaluate((e) => e.checked); }

  isDisabled() { return this.evaluate((e) => e.disabled); }

  getAttribute(name) { return this.evaluate((e, name) => e.getAttribute(name), name); }

  boundingBox() { return this.evaluate((e) => e.getBoundingClientRect().toJSON()); }

  focus() { return this.evaluate((e) => e.focus()); }

  blur() { return this.evaluate((e) => e.blur()); }

  waitFor({ state = 'visible' } = {}) {
    const is = {
      attached: () => this.count(), detached: async () => await this.count() === 0, visible: () => this.isVisible(), hidden: async () => !await this.isVisible(),
    };
    return this.page.until(is[state], `${state}: ${JSON.stringify(this.steps)}`);
  }

  // element waits until there is one that can be clicked.
  element() {
    return this.page.until(async () => (await this.page.page.evaluateHandle(after(([e]) => (
      e && !e.disabled && e.checkVisibility({ visibilityProperty: true }) ? e : null)), this.steps)).asElement(), JSON.stringify(this.steps));
  }

  async click({ modifiers: [held] = [] } = {}) {
    if (held) await this.page.page.keyboard.down(held);
    await this.page.again(async () => { // where it was made anew meanwhile, as lists are, it is found again
      const element = await this.element();
      await element.evaluate((e) => e.scrollIntoView({ block: 'center', behavior: 'instant' }));
      await element.click();
    });
    if (held) await this.page.page.keyboard.up(held);
  }

  async check() {
    if (!await this.isChecked()) await this.click();
  }

  async press(key) {
    await this.focus();
    await this.page.keyboard.press(key);
  }

  // fill types words over what stands in a field.
  async fill(words) {
    await this.waitFor();
    await this.evaluate((e) => { e.focus(); e.select(); });
    await (words ? this.page.keyboard.type(words) : this.page.keyboard.press('Delete'));
  }

  async pressSequentially(words) {
    await this.focus();
    await this.page.keyboard.type(words);
  }

  async selectOption(value) {
    await this.page.until(() => this.evaluate((e, to) => [...e.options].some((o) => o.value === to || o.text === to), value), `the option ${value}`);
    await this.evaluate((e, to) => {
      e.focus();
      e.selectedIndex = [...e.options].findIndex((o) => o.value === to || o.text === to);
      for (const type of ['input', 'change']) e.dispatchEvent(new Event(type, { bubbles: true }));
    }, value);
  }
}

class Keyboard {
  constructor(keys) { this.keys = keys; }

  type(words) { return this.keys.type(words); }

  // press presses one key, while others are held: Alt+Shift+K.
  async press(chord) {
    const held = chord.split('+');
    const last = held.pop();
    for (const key of held) await this.keys.down(key);
    await this.keys.press(last === 'Space' ? ' ' : last);
    for (const key of held.reverse()) await this.keys.up(key);
  }
}
