// Searches the site as a reader would: node --test search.mjs, with the sample site's address in SITE.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.mjs';
import { needs } from './engine.mjs';
import { becomes, open as visit, site } from './reader.mjs';

const origin = new URL(site).origin;
const search = (query) => 'zoeken/?' + new URLSearchParams(query);
const links = (page) => page.locator('#hits_ .hit-title a');
const titles = (page) => links(page).allTextContents();
const number = (page) => page.locator('#number_').textContent();
const active = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);

// open opens a page that must keep to the policy and ask nothing of others, and waits for results if there is a query.
async function open(t, path, options = {}) {
  const problems = [];
  const page = await visit(t, path, {
    ...options,
    prepare: async (page) => {
      page.on('request', (r) => r.url().startsWith(origin) || /^data:/.test(r.url()) || problems.push(`foreign request: ${r.url()}`));
      page.on('dialog', (d) => problems.push(`dialog: ${d.message()}`));
      await options.prepare?.(page);
    },
  });
  t.after(() => assert.deepEqual(problems, []));
  if (/[?&]q=/.test(path) && options.javaScriptEnabled !== false) await becomes(() => number(page), /\d|gevonden/);
  return page;
}

// total gives the number above the results.
const total = async (page) => Number(/^[\d.]+(?= resulta)/.exec(await number(page))?.[0] ?? 0);

test('results come while typing, focus stays, and the count is spoken afterwards', async (t) => {
  const page = await open(t, search({}));
  const field = page.locator('#q_');
  await field.waitFor(); // there is none before its module is
  await field.focus();
  await page.keyboard.type('werkg');
  await becomes(() => number(page), /^\d+ resultaten$/);
  await page.keyboard.type('evers');
  await becomes(async () => (await titles(page))[0], /werkgevers/);
  assert.equal(await active(page), 'q_');
  assert.equal(new URL(await page.url()).search, '?q=werkgevers');
  await becomes(async () => await page.locator('#spoken_').textContent() === await number(page), true);
  await field.fill('');
  await becomes(() => page.locator('#found_').isVisible(), false);
  assert.equal(new URL(await page.url()).search, '');
});

test('results mark what was found, and excerpts come in the room that is kept for them', needs('first'), async (t) => {
  const page = await open(t, search({ q: 'arbeidsmarktregio scholing' }), {
    prepare: async (page) => {
      await page.addInitScript(() => {
        window.shifts = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shifts += e.value; }).observe({ type: 'layout-shift', buffered: true });
      });
    },
  });
  const shifts = () => page.evaluate(() => window.shifts);
  const room = (await page.locator('.hit').last().boundingBox()).y;
  const before = await shifts();
  const whys = page.locator('.hit-why');
  await becomes(() => whys.first().locator('mark').count().then((n) => n > 0), true);
  await becomes(async () => (await whys.allTextContents()).every(Boolean), true);
  assert.equal((await page.locator('.hit').last().boundingBox()).y, room);
  assert.equal(await shifts(), before);
  const sizes = await page.evaluate(() => performance.getEntriesByType('resource').filter((e) => e.name.includes('/passages/')).map((e) => e.encodedBodySize));
  assert.ok(sizes.length > 0 && sizes.length <= 10 && Math.min(...sizes) > 0 && Math.max(...sizes) <= 2000, `${sizes}`);
  const marks = await page.locator('#hits_ mark').allTextContents();
  assert.ok(marks.some((text) => /^scholing$/i.test(text)) && marks.some((text) => /arbeidsmarktregio/i.test(text)), `${marks}`);
  const place = whys.locator('a[href*="#"]').first();
  const target = await place.getAttribute('href');
  await place.click();
  await becomes(() => page.evaluate(() => document.querySelector(':target') !== null), true);
  assert.equal(await page.evaluate(() => location.pathname + location.hash), target);
});

test('other words that were looked for are told, and the typed one can be looked for alone', async (t) => {
  const page = await open(t, search({ q: 'stuurgroup' }));
  const told = page.locator('#instead_');
  await becomes(() => told.isVisible(), true);
  assert.match(await told.textContent(), /stuurgroep\. .*precies op stuurgroup/);
  await page.locator('#exactly_').focus();
  await page.keyboard.press('Enter');
  await becomes(() => number(page), 'Niets gevonden');
  assert.equal(await told.isVisible(), false);
  assert.equal(await active(page), 'q_');
  assert.equal(new URL(await page.url()).searchParams.get('q'), '"stuurgroup"');
  await page.goBack();
  await becomes(() => told.isVisible(), true);
});

test('arrow keys walk through the results and back, and Tab goes on', async (t) => {
  const page = await open(t, search({ q: 'werkgevers' }));
  const [first, second, third] = await titles(page);
  const place = page.locator('.hit:nth-child(2) .hit-why a');
  await place.waitFor();
  const why = await place.textContent();
  await page.locator('#q_').focus();
  for (const [key, want] of [['ArrowUp', 'q_'], ['ArrowDown', first], ['ArrowDown', second], ['Tab', why], ['ArrowDown', third], ['ArrowUp', second], ['ArrowUp', first], ['ArrowUp', 'q_']]) {
    await page.keyboard.press(key);
    assert.equal(await active(page), want, key);
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await becomes(() => page.locator('h1').textContent(), first);
});

for (const name of ['kind', 'topic', 'region', 'year', 'valence']) {
  test(`results are refined by ${name}, which stands in the address, and the back button undoes it`, async (t) => {
    const page = await open(t, search({ q: 'samen werkgevers banenmarkt' }));
    const all = await total(page);
    const option = page.locator(`#${name}_ option:nth-child(2)`);
    await option.waitFor({ state: 'attached' });
    const value = await option.getAttribute('value');
    const count = Number(/\((\d+)\)$/.exec(await option.textContent())[1]);
    assert.ok(count > 0 && count < all, `${count} of ${all}`);
    await page.locator(`#${name}_`).focus();
    await page.keyboard.press('ArrowDown');
    await becomes(() => total(page), count);
    assert.equal(await active(page), `${name}_`);
    assert.equal(new URL(await page.url()).searchParams.get(name), value);
    await page.reload();
    await becomes(() => total(page), count);
    assert.equal(await page.locator(`#${name}_`).inputValue(), value);
    await page.goBack();
    await becomes(() => total(page), all);
    assert.equal(await page.locator(`#${name}_`).inputValue(), '');
    assert.equal(await page.locator('#q_').inputValue(), 'samen werkgevers banenmarkt');
  });
}

test('filters can be cleared, and what they exclude is not in the results', async (t) => {
  const page = await open(t, search({ q: 'werkgevers', kind: 'findings' }));
  assert.equal(await page.locator('.hit').count(), await page.locator('.hit .label').count());
  const some = await total(page);
  await page.locator('#unfilter_').click();
  await becomes(async () => await total(page) > some, true);
  assert.equal(new URL(await page.url()).search, '?q=werkgevers');
  assert.equal(await page.locator('#unfilter_').isVisible(), false);
});

test('more results are shown at the press of a button', async (t) => {
  const page = await open(t, search({ q: 'samen leren' }));
  const all = await total(page);
  assert.ok(all > 10);
  for (let n = 10; n < all; n += 10) {
    assert.equal((await titles(page)).length, n);
    await page.locator('#more_').focus();
    await page.keyboard.press('Enter');
    await becomes(async () => (await titles(page)).length, Math.min(n + 10, all));
  }
  assert.equal(await page.locator('#more_').isVisible(), false);
  assert.equal(new Set(await links(page).evaluateAll((all) => all.map((a) => a.href))).size, all);
  assert.equal(await page.evaluate(() => document.activeElement.matches('#hits_ a')), true);
});

test('results beyond the first part of a long list are reached too, each once, and then the button goes', needs('answers'), async (t) => {
  const all = 1364;
  const read = 712; // as many as are known before the rest of the list is
  const index = `export const open = async () => ({
    async search(query, { limit }) {
      const whole = limit > ${read};
      const results = Array.from({ length: Math.min(limit, whole ? ${all} : ${read}) }, (_, i) => ({ url: '/' + i, title: 'Pagina ' + i, kind: 'pages' }));
      return { total: ${all}, atLeast: !whole, results, facets: {}, instead: [], marked: (text) => [[text, false]] };
    },
  });`;
  const page = await open(t, search({ q: 'veel' }), {
    prepare: (page) => page.route('**/search/client*', (route) => route.fulfill({ contentType: 'text/javascript', body: index })),
  });
  await becomes(() => number(page), /^1\.364 resultaten of meer$/);
  await page.evaluate(async () => {
    const more = document.getElementById('more_');
    for (let i = 0; i < 200 && !more.hidden; i++) {
      const shown = document.querySelectorAll('.hit').length;
      more.click();
      for (let j = 0; j < 50 && document.querySelectorAll('.hit').length === shown; j++) await new Promise((done) => setTimeout(done, 10));
    }
  });
  assert.equal(await page.locator('#more_').isVisible(), false);
  assert.equal(new Set(await titles(page)).size, all);
  assert.match(await number(page), /^1\.364 resultaten$/);
});

test('a quoted phrase gives the pages that say just that', async (t) => {
  const page = await open(t, search({ q: '"zonder voorbereiding"' }));
  const found = await links(page).evaluateAll((all) => all.map((a) => a.href));
  assert.ok(found.length > 0);
  for (const url of found) {
    const text = await (await fetch(url)).text();
    assert.match(text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' '), /zonder voorbereiding/i, url);
  }
  await page.locator('#q_').fill('"voorbereiding zonder"');
  await becomes(() => number(page), 'Niets gevonden');
});

test('a search that finds nothing says what to try, and leads to topics, kinds and titles', async (t) => {
  const page = await open(t, search({ q: 'xqzzv' }));
  assert.equal(await number(page), 'Niets gevonden');
  assert.equal(await page.locator('#facets_').isVisible(), false);
  assert.ok(await page.locator('#nothing_ li').count() > 3);
  for (const id of ['topics_', 'kinds_', 'titles_']) {
    await page.locator(`#nothing_ a[href="#${id}"]`).click();
    await becomes(() => page.locator(`#${id}`).evaluate((e) => {
      const { top } = e.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    }), true);
  }
  await page.goto(site + search({ q: 'werkgevers', region: 'Nergens' }));
  await becomes(() => number(page), 'Niets gevonden');
  await page.locator('#unfilter_').click();
  await becomes(async () => await total(page) > 0, true);
});

test('a finding is a result, and opens at its place, marked', async (t) => {
  const page = await open(t, search({ q: 'digitale banenmarkt zonder voorbereiding', kind: 'findings' }));
  assert.equal((await page.locator('.hit .label').first().textContent()).trim(), 'Leverde niet op wat ervan werd verwacht');
  const text = (await titles(page))[0];
  await links(page).first().click();
  await page.waitForURL(/#/);
  const finding = page.locator('li.finding:target');
  assert.ok((await finding.textContent()).includes(text));
  const { top, marked, plain } = await finding.evaluate((e) => {
    const look = () => getComputedStyle(e).boxShadow;
    const result = { top: e.getBoundingClientRect().top, marked: look() };
    e.removeAttribute('id');
    history.replaceState(null, '', location.pathname);
    e.replaceWith(e = e.cloneNode(true));
    return { ...result, plain: look() };
  });
  assert.ok(top >= 0 && top < 900, `at ${top}`);
  assert.notEqual(marked, plain);
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`searching is accessible and fits, ${colorScheme} and ${width} pixels wide`, needs('tree'), async (t) => {
      const page = await open(t, search({}), { colorScheme, viewport: { width, height: 900 } });
      const good = async (state) => {
        assert.deepEqual(await violations(page), [], state);
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth) <= width, `${state} is too wide`);
      };
      await page.locator('#finder_').waitFor();
      await good('without a question');
      await page.locator('#q_').fill('werkgevers');
      await becomes(() => number(page), /resultaten$/);
      if (width === 320) await page.locator('#facets_ summary').click();
      await page.locator('#kind_').selectOption('findings');
      await page.locator('#unfilter_').waitFor();
      await becomes(() => page.locator('.hit-kind').count(), 0);
      await good('with filters');
      await page.locator('#unfilter_').click();
      await page.locator('#q_').fill('xqzzv');
      await page.locator('#nothing_').waitFor();
      await good('with nothing found');
      await page.route('**/search/**', (route) => route.abort());
      await page.locator('#q_').fill('sheet');
      await page.locator('#failed_').waitFor();
      await good('with a failure');
    });
  }
}

test('without scripts the field leads to topics, kinds and titles', needs('scripts'), async (t) => {
  const page = await open(t, '', { javaScriptEnabled: false });
  await page.locator('.masthead input').fill('banenmarkt');
  await page.keyboard.press('Enter');
  await page.waitForURL(/zoeken\/\?q=banenmarkt$/);
  assert.equal(await page.locator('#finder_').isVisible(), false);
  assert.equal(await page.locator('.notice:visible').count(), 1);
  for (const id of ['topics_', 'kinds_', 'titles_']) assert.equal(await page.locator(`#${id}`).isVisible(), true);
  assert.ok(await page.locator('.groups a').count() > 60);
});

test('with scripts the field at the top of each page leads to results', async (t) => {
  const page = await open(t, 'sheets/tussenevaluatie/');
  await page.locator('.masthead input').fill('banenmarkt');
  await page.locator('.masthead button').click();
  await page.waitForURL(/\?q=banenmarkt$/);
  await becomes(async () => (await titles(page))[0], /banenmarkt/);
});

const faults = {
  'a missing shard': ['**/search/*.bin', (route) => route.fulfill({ status: 404, body: 'not found' })],
  'a damaged shard': ['**/search/*.bin', async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body.fill(0x5a, Math.floor(body.length / 2));
    await route.fulfill({ response, body });
  }],
  'a missing client': ['**/search/client.js*', (route) => route.fulfill({ status: 404, body: 'not found' })],
  'a missing record': ['**/search/*/*.bin', (route) => route.fulfill({ status: 404, body: 'not found' })],
};
for (const [what, fault] of Object.entries(faults)) {
  test(`${what} gives a message and a way out, and search goes on when it is back`, needs('answers'), async (t) => {
    const page = await open(t, search({}), { prepare: (page) => page.route(...fault) });
    await page.locator('#q_').fill('werkgevers');
    await page.locator('#failed_').waitFor();
    assert.match(await page.locator('#failed_').textContent(), /lukt nu niet/);
    await becomes(() => page.locator('#spoken_').textContent(), /lukt nu niet/);
    assert.equal(await page.locator('.hit').count(), 0);
    assert.equal(await page.locator('#failed_ a[href="#titles_"]').isVisible(), true);
    await page.unroute(...fault);
    await page.locator('#q_').fill('werkgever');
    await becomes(async () => await total(page) > 0, true);
    assert.equal(await page.locator('#failed_').isVisible(), false);
  });
}

test('a page that was open when the site was published anew searches the new index', needs('answers'), async (t) => {
  let renewed = false;
  const page = await open(t, search({}), {
    prepare: async (page) => {
      await page.route('**/search/client.js?*', (route) => { renewed = true; return route.continue(); });
      await page.route('**/search/**/*.bin', (route) => (renewed ? route.continue() : route.fulfill({ status: 404 })));
    },
  });
  await page.locator('#q_').fill('werkgevers');
  await becomes(async () => await total(page) > 0, true);
  assert.ok(renewed);
});

test('on a slow line readers see that it is busy, and results when a few files of the index have come', needs('answers'), async (t) => {
  const held = [];
  const page = await open(t, search({}), {
    prepare: (page) => page.route('**/search/**/*.bin', (route) => held.push(route)),
  });
  await page.locator('#q_').fill('banenmarkt');
  await becomes(() => number(page), 'Zoeken…');
  let files = 0;
  while (await total(page) === 0) {
    files += held.length;
    assert.ok(files < 20, 'results need a great part of the index');
    await Promise.all(held.splice(0).map((route) => route.continue()));
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.match((await titles(page))[0], /banenmarkt/);
});

// stub stands in for the index's client.
const stub = (body) => (page) => page.route('**/search/client.js*', (route) => (
  route.fulfill({ contentType: 'text/javascript', body: `export const open = async () => ({ search: async (query, options) => ({ instead: [], marked: (text) => [[text, false]], ...(await (async () => { ${body} })()) }) });` })));

test('results are shown before the counts of the filters are there', needs('answers'), async (t) => {
  const page = await open(t, search({}), {
    prepare: stub(`
      if (options.facets) { await new Promise((done) => document.addEventListener('click', done)); return { total: 1, results: [], facets: { kind: { stories: 1 } } }; }
      return { total: 1, results: [{ url: '/x/', title: 'Eerst', kind: 'stories', date: '', excerpt: '' }], facets: {} };`),
  });
  await page.locator('#q_').fill('x');
  await becomes(async () => (await titles(page))[0], 'Eerst');
  assert.equal(await page.locator('#kind_').isDisabled(), true);
  await page.locator('h1').click();
  await becomes(() => page.locator('#kind_ option').nth(1).textContent(), 'Praktijkverhalen (1)');
});

test('the answer to an earlier question does not take the place of a later one', needs('answers'), async (t) => {
  const page = await open(t, search({}), {
    prepare: stub(`
      if (query === 'vroeg') { await new Promise((done) => document.addEventListener('click', done)); document.title = 'beantwoord'; }
      return { total: 1, results: [{ url: '/x/', title: query, kind: 'stories', date: '', excerpt: '' }], facets: { kind: {} } };`),
  });
  await page.locator('#q_').fill('vroeg');
  await becomes(() => number(page), 'Zoeken…');
  await page.locator('#q_').fill('laat');
  await becomes(async () => (await titles(page))[0], 'laat');
  await page.locator('h1').click();
  await becomes(() => page.title(), 'beantwoord');
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(await titles(page), ['laat']);
});

test('hostile text in the index, the query or the address never becomes markup', needs('answers'), async (t) => {
  const bad = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
  const page = await open(t, search({ q: bad, kind: bad, topic: bad }), {
    prepare: stub(`const bad = ${JSON.stringify(bad).replaceAll('<', '\\u003c')};
      return { total: 2, facets: { kind: { [bad]: 1 }, topic: { [bad]: 2 }, region: { [bad]: 1 }, year: { [bad]: 1 }, valence: { [bad]: 1 } }, results: [
        { url: 'javascript:alert(1)', title: bad, kind: bad, date: bad, excerpt: bad },
        { url: 'https://evil.example/x#y', title: bad, kind: 'findings', date: bad, excerpt: bad, label: bad, valence: bad }] };`),
  });
  await becomes(async () => (await titles(page)).length, 2);
  assert.equal((await titles(page))[0], bad);
  assert.equal(await page.locator('#finder_ :is(img, script)').count(), 0);
  assert.equal(await page.locator('#q_').inputValue(), bad);
  for (const url of await links(page).evaluateAll((all) => all.map((a) => a.href))) assert.ok(url.startsWith(origin), url);
});

test('the page for a wrong address offers the titles nearest to it', needs('answers'), async (t) => {
  const page = await open(t, 'sheets/tusenevaluatie', {
    prepare: (page) => page.route('**/sheets/tusenevaluatie', async (route) => (
      route.fulfill({ response: await route.fetch({ url: site + '404.html' }), status: 404 }))),
  });
  await page.locator('#nearest_').waitFor();
  assert.match(await page.locator('#titles_ a').first().textContent(), /^Tussenevaluatie/);
  assert.ok(await page.locator('#titles_ a').count() <= 5);
  assert.deepEqual(await violations(page), []);
  await page.locator('#q_').fill('banenmarkt');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\?q=banenmarkt$/);
  await becomes(async () => (await titles(page))[0], /banenmarkt/);
});
