// What tests of the site as readers use it share: a browser, pages in it, and waiting.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch } from './chromium.mjs';

export const site = process.env.SITE;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// open opens a page of the site; prepare may change what it gets from the server.
export async function open(t, path, { prepare = () => {}, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  await prepare(page);
  await page.goto(site + path);
  return page;
}

// becomes waits until a question to the page has the wanted answer: modules load, and act, after the page itself.
export async function becomes(ask, want) {
  let got;
  for (let i = 0; i < 100; i++) {
    got = await ask();
    if (want instanceof RegExp ? want.test(got) : got === want) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`got ${got}, want ${want}`);
}

// visited makes the browser remember a visit when the newest day was this one.
export const visited = (newest, at = 0) => async (page) => {
  await page.addInitScript(({ newest, at }) => {
    const key = `leerblad:visit:${new URL(document.baseURI).pathname.match(/^\/[^/]*\//)[0]}`;
    if (!localStorage.getItem(key)) localStorage.setItem(key, JSON.stringify({ newest, at }));
  }, { newest, at });
};
