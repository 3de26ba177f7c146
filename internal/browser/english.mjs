// What scripts write on a site in English: node --test english.mjs, with the address of english_test.go's site in SITE.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomes, open } from './reader.mjs';

test('results have dates and numbers as the pages write them', async (t) => {
  const page = await open(t, 'search-page/?q=finding');
  await becomes(() => page.locator('#number_').textContent(), /^1,0\d\d results$/);
  await page.locator('#q_').fill('weekly meeting');
  await becomes(() => page.locator('.hit time').first().textContent(), '1 March 2021');
});

test('the filter counts in English', async (t) => {
  const page = await open(t, 'findings/?valence=works');
  await becomes(() => page.locator('#count_').textContent(), '1,052 findings');
  await becomes(() => page.locator('.finding:visible .label').first().textContent(), /This works/);
});

test('the worksheet speaks English', async (t) => {
  const page = await open(t, 'own-evaluation/');
  await page.getByRole('button', { name: 'Save as a text file' }).waitFor();
  assert.match(await page.locator('#kept_').textContent(), /^Your answers are kept/);
});

test('the form for a story speaks English', async (t) => {
  const page = await open(t, 'share/');
  await page.getByRole('button', { name: 'Add something' }).click();
  await page.getByRole('button', { name: 'Make the file' }).click();
  await becomes(() => page.locator('#errors_ a').last().textContent(), 'Say that you may share this');
  assert.match(await page.locator('#errors_').textContent(), /Item 1: Describe what it shows/);
});
