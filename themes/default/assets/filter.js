// The filter on the page of all findings. A small index, fetched when the filter is first used, tells which findings match; the findings
// themselves are taken from the pages of the list. The choices are in the address, so that they can be shared and the back button undoes them.

const form = document.getElementById('filter_');
const count = document.getElementById('count_');
const all = document.getElementById('found_');
const matches = document.getElementById('matches_');
const chosen = document.getElementById('chosen_');
const more = document.getElementById('more_');
const { index, next, total } = form.dataset;
const size = Number(form.dataset.size);
const names = ['valence', 'topic', 'reach', 'year', 'source'];
const labels = Object.fromEntries(names.map((name) => [name, new Map([...form.elements[name].options].map((o) => [o.value, o.text]))]));
const spoken = new Map(names.flatMap((name) => [...form.elements[name].options].map((o) => [o.value, o.lang]))); // languages by value
const language = document.documentElement.lang;
const step = 20;

let mode = 'default'; // how the index and the pages are fetched
let findings; // a promise of all findings, in the order of the pages
const pages = new Map(); // promises of the elements on each page
let asked = 0; // how many times the choices changed; only the answer to the last is shown

read();
form.hidden = false;
for (const event of ['pointerenter', 'focusin']) form.addEventListener(event, () => load().then(offer, () => {}), { once: true });
form.addEventListener('change', choose);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(choose));
addEventListener('popstate', () => {
	read();
	run();
});
run();

// read takes the choices from the address.
function read() {
	const asked = new URLSearchParams(location.search);
	for (const name of names) fill(name, [...form.elements[name].options].slice(1).map((o) => [o.value, o.text]), asked.get(name) ?? '');
}

function wanted() {
	return names.map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
}

function choose() {
	const query = new URLSearchParams(wanted());
	history.pushState(null, '', form.getAttribute('action') + (query.size ? '?' + query : ''));
	run();
}

// run shows the findings that match, unless the choices change meanwhile. Where the site has been published anew since the page was
// opened, it begins again with nothing from the cache.
async function run() {
	const mine = ++asked;
	const choices = wanted();
	if (choices.length === 0) {
		all.hidden = false;
		matches.hidden = true;
		tell(Number(total));
		if (findings) load().then(offer, () => {});
		return;
	}
	try {
		await answer(choices, mine).catch(() => {
			mode = 'reload';
			findings = undefined;
			pages.clear();
			return answer(choices, mine);
		});
	} catch {
		findings = undefined;
		pages.clear();
		if (mine === asked) count.textContent = count.dataset.failed;
	}
}

async function answer(choices, mine) {
	const found = (await load()).filter((f) => fits(f, choices));
	if (mine !== asked) return;
	tell(found.length);
	offer();
	more.hidden = true;
	await append(found, 0, mine);
	if (mine !== asked) return;
	more.onclick = async () => {
		const from = chosen.children.length;
		more.hidden = true;
		await append(found, from, mine).catch(() => { count.textContent = count.dataset.failed; });
		if (mine === asked) chosen.children[from]?.querySelector('a').focus();
	};
}

// append shows the next findings after the first from, each as soon as it and those before it are there.
async function append(found, from, mine) {
	const items = found.slice(from, from + step).map(elementOf);
	for (const item of items) item.catch(() => {}); // it is told where it is awaited
	for (let i = 0; i < Math.max(1, items.length); i++) {
		const item = await items[i];
		if (mine !== asked) return;
		if (from + i === 0) {
			chosen.replaceChildren();
			all.hidden = true;
			matches.hidden = false;
		}
		if (item) chosen.append(item);
	}
	more.hidden = found.length <= from + step;
}

// load gives all findings: of each the page, its place on it, and its values by name.
function load() {
	findings ??= fetchGood(index).then((r) => r.json()).then(({ valences, reaches, topics, sources }) => {
		const out = [];
		labels.source = new Map(sources.map(({ url, title }) => [url, title]));
		for (const { url, date, findings, language } of sources) {
			spoken.set(url, language);
			for (const [valence, reach, ...about] of findings) {
				out.push({
					page: Math.floor(out.length / size) + 1, at: out.length % size,
					valence: [valences[valence]], reach: [reaches[reach]], topic: about.map((i) => topics[i]), year: [date.slice(0, 4)], source: [url],
				});
			}
		}
		return out;
	});
	findings.catch(() => { findings = undefined; });
	return findings;
}

async function fetchGood(url) {
	const response = await fetch(url, { cache: mode });
	if (!response.ok) throw new Error(`${url}: ${response.status}`);
	return response;
}

const fits = (finding, choices) => choices.every(([name, value]) => finding[name].includes(value));

// elementOf gives a finding's element. It fails where that is of another finding than the index says.
async function elementOf(finding) {
	const item = (await page(finding.page))[finding.at];
	const link = item?.querySelector('.permalink').getAttribute('href');
	if (!item?.classList.contains(finding.valence[0]) || !link.startsWith(finding.source[0] + '#')) throw new Error('not the findings of the index');
	return item;
}

// page gives the findings on a page of the list.
function page(n) {
	if (!pages.has(n)) pages.set(n, n === 1 && mode === 'default' ? Promise.resolve(itemsOf(all.cloneNode(true))) : fetchPage(n));
	return pages.get(n);
}

async function fetchPage(n) {
	const response = await fetchGood(n === 1 ? form.action : `${next}${n}/`);
	return itemsOf(new DOMParser().parseFromString(await response.text(), 'text/html'));
}

const itemsOf = (root) => [...root.querySelectorAll('#found_ > .findings > li')];

function tell(n) {
	const { single, other, none } = count.dataset;
	const text = n === 0 ? none : n === 1 ? single : other;
	count.textContent = text.replace('{1}', n.toLocaleString(language));
}

// offer fills each choice with the values that findings have which match the others, and how many have each.
async function offer() {
	const list = await findings;
	const choices = wanted();
	for (const name of names) {
		const others = choices.filter(([other]) => other !== name);
		const counts = new Map([...labels[name].keys()].map((value) => [value, 0]));
		for (const finding of list) {
			if (fits(finding, others)) for (const value of finding[name]) counts.set(value, (counts.get(value) ?? 0) + 1);
		}
		const offered = [...counts].filter(([value, n]) => value && n > 0);
		fill(name, offered.map(([value, n]) => [value, `${labels[name].get(value) ?? value} (${n.toLocaleString(language)})`]), form.elements[name].value);
	}
}

// fill gives a choice its values with their texts; the first, for all, stays.
function fill(name, values, value) {
	const select = form.elements[name];
	if (value && !values.some(([v]) => v === value)) values.push([value, labels[name].get(value) ?? value]);
	select.replaceChildren(select.options[0], ...values.map(([v, text]) => {
		const option = new Option(text, v);
		if (spoken.get(v)) option.lang = spoken.get(v);
		return option;
	}));
	select.value = value;
}
