// What tests of the site as readers use it share: pages in it, and waiting.
import assert from 'node:assert/strict';
import { newPage } from './engine.mjs';

export const site = process.env.SITE;

// open opens a page of the site, which must have no errors and keep to the policy; prepare may change what it gets from the server, and since
// makes it a second visit: what the browser keeps of the first.
export async function open(t, path, { prepare = () => {}, since, ...options } = {}) {
  const page = await newPage(t, options);
  t.after(() => assert.deepEqual(page.problems, []));
  page.setDefaultTimeout(20000);
  await prepare(page);
  await page.goto(site + path);
  if (since) {
    await page.waitForFunction(() => localStorage.length > 0);
    await page.evaluate((visit) => localStorage.setItem(Object.keys(localStorage)[0], JSON.stringify(visit)), { at: 0, ...since });
    await page.reload();
  }
  return page;
}

// becomes waits until a question to the page has the wanted answer: modules load, and act, after the page itself.
export async function becomes(ask, want) {
  let got;
  for (const end = Date.now() + 20000; Date.now() < end;) {
    got = await ask();
    if (want instanceof RegExp ? want.test(got) : got === want) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`got ${got}, want ${want}`);
}
