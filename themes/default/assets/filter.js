// The filter on the page of all findings. One page of findings is filtered as it stands; of more pages the data
// set is fetched. The choices are in the address, so that they can be shared.

const form = document.getElementById('filter_');
const count = document.getElementById('count_');
const list = document.getElementById('found_');
const pager = document.getElementById('pager_');
const paged = Number(form.dataset.pages) > 1;
const names = ['valence', 'topic', 'reach', 'source'];
const step = 50;
let data; // a promise of the data set

const found = list.cloneNode(false);
found.hidden = true;
found.id = 'matches_';
const more = document.createElement('button');
more.type = 'button';
more.className = 'button';
more.textContent = count.dataset.more;
list.after(found);

const asked = new URLSearchParams(location.search);
for (const name of names) {
	const select = form.elements[name];
	const value = asked.get(name) ?? '';
	if ([...select.options].some((o) => o.value === value)) select.value = value;
}
form.hidden = false;
form.addEventListener('change', apply);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(apply));
apply();

async function apply() {
	const wanted = Object.fromEntries(names.map((n) => [n, form.elements[n].value]));
	const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
	const any = query.size > 0;
	history.replaceState(null, '', any ? form.getAttribute('action') + '?' + query : location.pathname + location.hash);
	list.hidden = pager.hidden = paged && any;
	found.hidden = !list.hidden;
	more.remove();
	if (!paged) {
		let n = 0;
		for (const li of list.children) {
			const { valence, reach, from: source, topics } = li.dataset;
			li.hidden = !matches({ valence, reach, source, topics: topics.split('|') }, wanted);
			if (!li.hidden) n++;
		}
		return tell(n);
	}
	if (!any) return tell(Number(form.dataset.total));
	try {
		data ??= fetch(form.dataset.json).then((r) => (r.ok ? r.json() : Promise.reject(r.status)));
		show((await data).filter((f) => matches(f, wanted)));
	} catch {
		data = undefined;
		count.textContent = count.dataset.failed;
	}
}

function matches(finding, { valence, topic, reach, source }) {
	return (!valence || finding.valence === valence) && (!reach || finding.reach === reach) &&
		(!source || finding.source === source) && (!topic || (finding.topics ?? []).includes(topic));
}

function tell(n) {
	const { single, other, none } = count.dataset;
	const text = n === 0 ? none : n === 1 ? single : other;
	count.textContent = text.replace('{1}', n.toLocaleString(document.documentElement.lang));
}

// show lists the first findings, and more at each press of the button.
function show(findings) {
	tell(findings.length);
	found.replaceChildren();
	let at = 0;
	more.onclick = () => {
		found.append(...findings.slice(at, at + step).map(item));
		at += step;
		if (at < findings.length) found.after(more);
		else more.remove();
	};
	more.onclick();
}

// item makes what partial finding makes, in short.
function item(finding) {
	const label = element('span', 'label', icon(finding.valence), ' ', text('valence', finding.valence));
	const head = element('div', 'finding-head', label);
	if (finding.reach) head.append(element('span', 'reach', text('reach', finding.reach)));
	const link = element('a', '', finding.source);
	const { pathname, hash } = new URL(finding.url); // the data set has complete addresses; a preview stays a preview
	link.href = pathname + hash;
	const source = element('p', 'finding-line', element('span', 'finding-key', count.dataset.origin), ' ', link);
	return element('li', 'finding ' + finding.valence, head, element('div', 'finding-text', finding.text), source);
}

function text(name, value) {
	return [...form.elements[name].options].find((o) => o.value === value)?.text ?? value;
}

function element(name, className, ...children) {
	const e = document.createElement(name);
	if (className) e.className = className;
	e.append(...children);
	return e;
}

function icon(name) {
	const svg = list.ownerDocument.querySelector('.label .icon').cloneNode(true);
	svg.querySelector('use').setAttribute('href', '#icon_' + name);
	return svg;
}
