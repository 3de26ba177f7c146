// Searching while typing. What is asked stands in the address, so that it can be shared and the back button goes back.

import { ask, element, inLanguage, link, marked } from './hits.js';

const finder = document.getElementById('finder_');
const form = document.getElementById('ask_');
const field = form.elements.q;
const found = document.getElementById('found_');
const number = document.getElementById('number_');
const hits = document.getElementById('hits_');
const more = document.getElementById('more_');
const nothing = document.getElementById('nothing_');
const failed = document.getElementById('failed_');
const spoken = document.getElementById('spoken_');
const instead = document.getElementById('instead_');
const exactly = document.getElementById('exactly_');
const facets = document.getElementById('facets_');
const unfilter = document.getElementById('unfilter_');
const words = finder.dataset;
const language = document.documentElement.lang;
const names = [...document.querySelectorAll('#facets_ select')].map((select) => select.name);
const known = Object.fromEntries(names.map((name) => [name, new Map([...form.elements[name].options].map((o) => [o.value, o]))]));
const step = 10;
const pause = 100; // ms after a key
const rest = 400; // ms after the results before their excerpts are fetched
const silence = 800; // ms after the last key before the count is spoken

let asked = 0; // how many questions; only the answer to the last is shown
let wait, speech, explaining;

read();
finder.hidden = false;
facets.open = matchMedia('(min-width: 64rem)').matches || names.some((name) => form.elements[name].value);
form.addEventListener('submit', (event) => {
	event.preventDefault();
	run();
});
field.addEventListener('input', () => {
	history.replaceState(null, '', address());
	clearTimeout(wait);
	wait = setTimeout(run, pause);
});
for (const name of names) form.elements[name].addEventListener('change', refine);
facets.addEventListener('toggle', () => facets.open && field.value.trim() && run(Math.max(step, hits.children.length)));
unfilter.addEventListener('click', () => {
	for (const name of names) form.elements[name].value = '';
	refine();
	facets.querySelector('summary').focus(); // the button is gone
});
exactly.addEventListener('click', () => {
	field.value = field.value.trim().split(/\s+/).map((word) => `"${word}"`).join(' ');
	refine();
	field.focus(); // the button is gone
});
more.addEventListener('click', () => run(hits.children.length + step));
finder.addEventListener('keydown', walk);
addEventListener('popstate', () => {
	read();
	run();
});
run();

// read takes what is asked from the address.
function read() {
	const asked = new URLSearchParams(location.search);
	field.value = asked.get('q') ?? '';
	for (const name of names) offer(name, {}, asked.get(name) ?? '');
}

function address() {
	const query = [...new FormData(form)].filter(([, value]) => value);
	return query.length ? form.getAttribute('action') + '?' + new URLSearchParams(query) : form.getAttribute('action');
}

function refine() {
	history.pushState(null, '', address());
	run();
}

// run asks the index, and shows its answer unless something else was asked meanwhile. Counts of the filters may come later.
async function run(limit = step) {
	clearTimeout(wait);
	const mine = ++asked;
	const query = field.value.trim();
	found.hidden = !query;
	if (!query) {
		hits.replaceChildren();
		return say('');
	}
	const slow = setTimeout(() => { number.textContent = words.busy; }, 300);
	const filters = Object.fromEntries(names.map((name) => [name, form.elements[name].value]).filter(([, value]) => value));
	const filtered = Object.keys(filters).length > 0;
	unfilter.hidden = !filtered;
	try {
		const answer = await ask(query, { limit, filters });
		if (mine !== asked) return;
		clearTimeout(slow);
		show(answer, limit);
		facets.hidden = answer.total === 0 && !filtered;
		const counted = answer.facets.kind || !answer.total || !facets.open ? answer : await ask(query, { limit: 1, filters, facets: true });
		if (mine !== asked) return;
		if (answer.atLeast && !counted.atLeast) tell(counted);
		if (counted.facets.kind || !answer.total) for (const name of names) offer(name, counted.facets[name] ?? {}, form.elements[name].value);
	} catch {
		if (mine !== asked) return;
		hits.replaceChildren();
		nothing.hidden = more.hidden = facets.hidden = instead.hidden = true;
		failed.hidden = false;
		number.textContent = words.results;
		say(failed.querySelector('p').textContent);
	} finally {
		clearTimeout(slow);
	}
}

function show(answer, limit) {
	const { total, results } = answer;
	const kept = limit > step ? hits.children.length : 0;
	const items = results.slice(kept).map((result, i) => item(result, answer, kept + i < step));
	if (kept) hits.append(...items);
	else hits.replaceChildren(...items);
	nothing.hidden = total > 0;
	failed.hidden = true;
	const last = results.length >= total;
	if (last && document.activeElement === more) items[0]?.querySelector('a').focus(); // the button goes
	more.hidden = last;
	tell(answer);
	other(answer);
	clearTimeout(explaining);
	if (!kept) explaining = setTimeout(() => explain(results.slice(0, step), items, answer), rest);
}

// other says for which other words was looked, and offers to look for what was typed alone.
function other(answer) {
	const list = [...new Set(answer.instead.flatMap((other) => other.words))].slice(0, 5);
	instead.hidden = list.length === 0;
	if (!list.length) return;
	const typed = [...new Set(answer.instead.map((other) => other.typed))];
	instead.querySelector('span').textContent = words.instead.replace('{1}', new Intl.ListFormat(language).format(list));
	exactly.textContent = words.exactly.replace('{1}', new Intl.ListFormat(language).format(typed));
}

// explain shows under results the place in the text that says most of why they were found. Its room is there already.
function explain(results, items, answer) {
	results.forEach(async (result, i) => {
		const place = items[i].querySelector('.hit-why');
		if (!place) return;
		const best = await answer.excerpt(result).catch(() => null); // the results are complete without
		if (!best) return;
		const { language } = result;
		const where = best.heading ? link({ url: best.url, language }, answer.marked(best.heading)) : link({ url: best.url, title: words.text });
		place.append(where, ': ', inLanguage(element('span', '', ...marked(answer.marked(best.text))), language));
	});
}

// tell says how many results there are.
function tell({ total, atLeast }) {
	const text = total === 0 ? words.none : total === 1 ? words.single : atLeast ? words.least : words.other;
	number.textContent = text.replace('{1}', total.toLocaleString(language));
	say(number.textContent);
}

// say has the count spoken when nothing has been typed for a while.
function say(text) {
	clearTimeout(speech);
	speech = setTimeout(() => { spoken.textContent = text; }, silence);
}

// offer fills a filter with the values that results have, and how many have each.
function offer(name, counts, chosen) {
	const select = form.elements[name];
	const values = Object.keys(counts);
	if (chosen && !values.includes(chosen)) values.push(chosen);
	const labels = known[name];
	const order = [...labels.keys()];
	if (order.length > 1) values.sort((a, b) => order.indexOf(a) - order.indexOf(b));
	else if (name === 'year') values.sort().reverse();
	else values.sort((a, b) => a.localeCompare(b, language));
	const options = values.map((value) => {
		const label = labels.get(value)?.text ?? value;
		return new Option(counts[value] ? `${label} (${counts[value].toLocaleString(language)})` : label, value);
	});
	select.replaceChildren(new Option(words.any, ''), ...options);
	select.value = chosen;
	select.disabled = values.length === 0;
}

// item makes a result: an entry, or a finding with its label. One that is explained has room for that.
function item(result, answer, explained) {
	const { kind, valence, label, date, excerpt, passages, language: own } = result;
	const meta = element('p', 'card-meta');
	if (!valence) {
		meta.append(element('span', 'hit-kind', known.kind.get(kind)?.dataset.name ?? kind));
	} else {
		meta.append(element('span', 'label ' + valence, icon(valence), ' ', label));
	}
	if (date) meta.append(time(date));
	const li = element('li', valence ? 'hit hit-finding' : 'hit', meta, element('p', 'hit-title', link(result, answer.marked(result.title))));
	if (excerpt) li.append(element('p', 'hit-text', valence ? `${words.origin}: ` : '', inLanguage(element('span', '', ...marked(answer.marked(excerpt))), own)));
	if (passages && explained) li.append(element('p', 'hit-why'));
	return li;
}

function time(date) {
	const day = new Date(date);
	const e = element('time', '', isNaN(day) ? date : day.toLocaleDateString(words.locale.replace('_', '-'), { dateStyle: 'long', timeZone: 'UTC' }));
	e.dateTime = date;
	return e;
}

function icon(name) {
	const svg = form.querySelector('.icon').cloneNode(true);
	svg.querySelector('use').setAttribute('href', '#icon_' + name);
	return svg;
}

// walk goes from the field through the results with the arrow keys.
function walk(event) {
	const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
	const stops = [field, ...hits.querySelectorAll('.hit-title a')];
	const at = stops.indexOf(document.activeElement.closest('.hit')?.querySelector('.hit-title a') ?? document.activeElement);
	const next = stops[at + by];
	if (at < 0 || !next) return;
	event.preventDefault();
	next.focus();
}
