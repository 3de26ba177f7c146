// Filters 12,000 findings as a reader would: node --test findings.mjs, with the address of the site that findings_test.go makes in SITE.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './axe.mjs';
import { clipboard, needs } from './engine.mjs';
import { becomes, open, site } from './reader.mjs';

const path = 'bevindingen/';
const root = new URL(site).pathname;
const shown = (page) => page.locator('li.finding:visible');
const count = (page) => page.locator('#count_').textContent();
const choose = (page, name, value) => page.locator(`#${name}_`).selectOption(value);

test('what is chosen is shown and counted, stands in the address, and the back button undoes it', async (t) => {
  const page = await open(t, path);
  await becomes(() => count(page), /^12\.000 bevindingen$/);
  assert.equal(await shown(page).count(), 50);
  await choose(page, 'valence', 'fails');
  await becomes(() => count(page), /^3\.000 bevindingen$/);
  await becomes(() => shown(page).count(), 20);
  assert.equal(await page.locator('li.finding.fails:visible').count(), 20);
  await choose(page, 'year', '2019');
  await becomes(() => count(page), /^500 bevindingen$/);
  await becomes(() => shown(page).locator('time[datetime^="2019"]').count(), 20);
  assert.equal(new URL(await page.url()).search, '?valence=fails&year=2019');
  await page.reload();
  await becomes(() => count(page), /^500 bevindingen$/);
  assert.equal(await page.locator('#year_').inputValue(), '2019');
  await page.goBack();
  await becomes(() => count(page), /^3\.000 bevindingen$/);
  assert.equal(await page.locator('#year_').inputValue(), '');
  await page.locator('#filter_ button[type=reset]').click();
  await becomes(() => shown(page).count(), 50);
  assert.equal(new URL(await page.url()).search, '');
  await becomes(() => count(page), /^12\.000 bevindingen$/);
});

for (const [name, value, number, has] of [
  ['topic', 'Thema 3', '1.000', (li) => li.getByRole('link', { name: 'Thema 3', exact: true })],
  ['reach', 'most', '2.400', (li) => li.getByText('in de meeste regio’s')],
  ['source', root + 'sheets/sheet-1499/', '8', (li) => li.getByRole('link', { name: 'Sheet nummer 1499', exact: true })],
]) {
  test(`findings are chosen by ${name}`, async (t) => {
    const page = await open(t, path + '?' + new URLSearchParams({ [name]: value }));
    await becomes(() => count(page), `${number} bevindingen`);
    const all = Math.min(20, Number(number.replace('.', '')));
    await becomes(() => shown(page).count(), all);
    assert.equal(await has(shown(page)).count(), all);
  });
}

test('a choice offers what the others leave, with numbers', async (t) => {
  const page = await open(t, path + '?year=2020');
  await becomes(() => page.locator('#source_ option').count(), 251);
  await becomes(() => page.locator('#valence_ option[value=fails]').textContent(), 'Leverde niet op wat ervan werd verwacht (500)');
  assert.deepEqual(await page.locator('#valence_ option').evaluateAll((all) => all.map((o) => o.value)), ['', 'works', 'attention', 'mixed', 'fails']);
  await becomes(() => page.locator('#year_ option').count(), 7);
});

test('more findings are shown at the press of a button, in the order of the list, and focus goes to the first of them', async (t) => {
  const page = await open(t, path + '?valence=fails&topic=Thema+3&year=2019');
  const all = Number.parseInt(await becomesNumber(page), 10);
  assert.ok(all > 20 && all <= 60, `${all}`);
  for (let n = 20; n < all; n += 20) {
    await becomes(() => shown(page).count(), n);
    await page.locator('#more_').focus();
    await page.keyboard.press('Enter');
    await becomes(() => shown(page).count(), Math.min(n + 20, all));
    assert.equal(await page.evaluate((n) => document.getElementById('chosen_').children[n].contains(document.activeElement), n), true);
  }
  assert.equal(await page.locator('#more_').isVisible(), false);
  const days = await shown(page).locator('.finding-line time').evaluateAll((all) => all.map((e) => e.dateTime));
  assert.deepEqual(days, [...days].sort().reverse());
  const links = await shown(page).locator('.permalink').evaluateAll((all) => all.map((a) => a.href));
  assert.equal(new Set(links).size, all);
  assert.equal((await fetch(links.at(-1))).status, 200);
});

async function becomesNumber(page) {
  await becomes(() => shown(page).count(), 20);
  return count(page);
}

test('the permalink of a finding that was chosen can be copied', async (t) => {
  const page = await open(t, path + '?source=' + root + 'sheets/sheet-1499/', { permissions: ['clipboard-read', 'clipboard-write'] });
  await becomes(() => shown(page).count(), 8);
  await shown(page).nth(2).locator('button').click();
  await becomes(() => page.locator('#said_').textContent(), 'Gekopieerd');
  assert.match(await clipboard(page), /sheets\/sheet-1499\/#f2$/);
});

test('nothing is found where nothing is, and it is said', async (t) => {
  const page = await open(t, path + '?topic=Bestaat+niet');
  await becomes(() => count(page), 'Geen bevindingen met deze filters.');
  assert.equal(await shown(page).count(), 0);
  assert.equal(await page.locator('#count_').getAttribute('role'), 'status');
  assert.equal(await page.locator('#topic_').inputValue(), 'Bestaat niet');
});

test('nothing of the index is fetched before somebody filters, and then little', needs('costs'), async (t) => {
  const fetched = [];
  const page = await open(t, path, { prepare: (page) => page.on('response', (r) => fetched.push(r)) });
  const named = (ext) => fetched.filter((r) => new URL(r.url()).pathname.endsWith(ext));
  await page.waitForLoadState('networkidle');
  assert.equal(named('.json').length, 0);
  await page.locator('#valence_').focus();
  await becomes(() => page.locator('#source_ option').count(), 1501);
  assert.equal(named('.json').length, 1);
  const pages = named('/').length;
  await choose(page, 'source', root + 'sheets/sheet-0000/');
  await becomes(() => shown(page).count(), 8);
  assert.ok(named('/').length - pages <= 2, 'eight findings that stand together were fetched from more than two pages');
});

test('a choice shows the first twenty findings and no more, and tells what it took', needs('costs'), async (t) => {
  const page = await open(t, path);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' }); // CPU time: others use this machine, too
  const used = async () => (await client.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1000;
  await page.locator('#valence_').focus();
  await becomes(() => page.locator('#source_ option').count(), 1501);
  for (const [name, value] of [['valence', 'attention'], ['valence', 'fails'], ['topic', 'Thema 5'], ['valence', ''], ['topic', 'Thema 7'], ['year', '2018']]) {
    const before = await used();
    await page.evaluate(({ name, value }) => new Promise((done) => {
      const watcher = new MutationObserver((all) => all.some((m) => m.target.id === 'chosen_' && m.addedNodes.length > 0) && (watcher.disconnect(), done()));
      watcher.observe(document.getElementById('chosen_'), { childList: true });
      const select = document.getElementById(`${name}_`);
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }), { name, value });
    t.diagnostic(`${name} ${value}: ${Math.round(await used() - before)} ms of the browser`); // not judged: machines differ
    await becomes(() => shown(page).count(), 20);
  }
});

test('where the site was published anew meanwhile, the findings are those of the new one', needs('answers'), async (t) => {
  let stale = true;
  const page = await open(t, path, {
    prepare: async (page) => {
      await page.addInitScript(() => {
        window.caches_ = [];
        const { fetch } = window;
        window.fetch = (url, options) => {
          if (url.endsWith('.json')) window.caches_.push(options.cache);
          return fetch(url, options);
        };
      });
      await page.route('**/filter.json', async (route) => {
        const response = await route.fetch();
        const index = await response.json();
        if (stale) index.sources.splice(3, 2); // as before two sheets were published
        stale = false;
        await route.fulfill({ response, json: index });
      });
    },
  });
  await choose(page, 'valence', 'fails');
  await becomes(() => count(page), /^3\.000 bevindingen$/);
  await becomes(() => page.locator('li.finding.fails:visible').count(), 20);
  assert.deepEqual(await page.evaluate(() => window.caches_), ['default', 'reload']);
});

test('a slow answer never comes over a later one', needs('answers'), async (t) => {
  let held;
  const page = await open(t, path, { prepare: (page) => page.route('**/pagina/2/', (route) => { held = route; }) });
  await choose(page, 'valence', 'fails'); // of which some are on the second page
  await becomes(() => held !== undefined, true);
  await choose(page, 'source', root + 'sheets/sheet-0000/');
  await becomes(() => shown(page).count(), 2);
  const answered = page.waitForResponse('**/pagina/2/');
  await held.continue();
  await (await answered).finished();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  assert.equal(await shown(page).count(), 2);
  assert.equal(await count(page), '2 bevindingen');
});

test('what cannot be fetched is said, the list stays, and later it works', needs('answers'), async (t) => {
  let broken = true;
  const page = await open(t, path, { prepare: (page) => page.route('**/filter.json', (route) => (broken ? route.abort() : route.continue())) });
  await choose(page, 'valence', 'fails');
  await becomes(() => count(page), /konden niet worden opgehaald/);
  assert.equal(await shown(page).count(), 50);
  broken = false;
  await choose(page, 'valence', 'works');
  await becomes(() => count(page), /^3\.000 bevindingen$/);
});

test('without scripts the list, its pages, its years and the topics are all there, and no filter', needs('scripts'), async (t) => {
  const page = await open(t, path, { javaScriptEnabled: false });
  assert.equal(await shown(page).count(), 50);
  assert.equal(await page.locator('#filter_').isVisible(), false);
  await page.locator('.chart').getByRole('link', { name: '2018' }).click();
  await becomes(() => page.locator('h3:target').textContent(), '2018');
  await page.goto(site + path);
  await page.locator('.chart').getByRole('link', { name: 'Thema 4' }).click();
  assert.match(page.url(), /themas\/thema-4\/$/);
});

test('charts say in their tables what their bars show', async (t) => {
  const page = await open(t, path);
  for (const chart of await page.locator('.chart').all()) {
    for (const row of await chart.locator('tbody tr').all()) {
      const numbers = (await row.locator('td').allTextContents()).map((n) => Number(n.replace('.', '')));
      const widths = await row.locator('rect').evaluateAll((all) => all.map((r) => r.getBoundingClientRect().width));
      assert.equal(widths.length, numbers.filter((n) => n > 0).length);
      const scale = widths[0] / numbers[0];
      numbers.filter((n) => n > 0).forEach((n, i) => assert.ok(Math.abs(widths[i] - n * scale) < 3, `${n} findings are ${widths[i]} px`));
    }
  }
});

for (const [name, options] of [['light', {}], ['dark and narrow', { colorScheme: 'dark', viewport: { width: 320, height: 800 } }], ['forced colours', { forcedColors: 'active' }]]) {
  test(`axe finds nothing in chosen findings and on the page of a topic, ${name}`, needs('tree'), async (t) => {
    const page = await open(t, path + '?valence=fails', options);
    await becomes(() => shown(page).count(), 20);
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth > innerWidth), false);
    await page.goto(site + 'themas/thema-2/');
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth > innerWidth), false);
  });
}
