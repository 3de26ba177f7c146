// The form for a practice story. What is filled in stays in this browser, texts in its storage and files in its database, until it is
// cleared; it becomes a file, which the reader mails. Nothing is sent.

import { draft, line, lines, markdown, slug, zip } from './contribution.js';

const form = document.getElementById('story_');
const summary = document.getElementById('errors_');
const status = document.getElementById('story_status');
const list = document.getElementById('media_');
const sending = document.getElementById('sending_');
const words = form.dataset;
const kept = status.textContent;
const key = 'leerblad:' + location.pathname;
const most = { file: 10_000_000, all: 18_000_000, media: 12 };
const endings = { image: ['jpg', 'png', 'webp'], infographic: ['jpg', 'png', 'webp'], video: ['mp4', 'webm'], audio: ['mp3', 'm4a'] };
const types = { jpeg: 'jpg', 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a', 'audio/x-m4a': 'm4a' };
const parts = [...form.querySelectorAll('[data-heading]')];
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n - 1]);

let last = 0; // number of the newest medium
let opened; // a promise of the database

restore();
form.addEventListener('input', ({ target }) => {
	settle(target);
	grow(target);
	keep();
});
form.addEventListener('change', ({ target }) => {
	settle(target);
	if (target.type === 'file') keepFile(target);
	keep();
});
form.addEventListener('submit', (event) => {
	event.preventDefault();
	make();
});
document.getElementById('add_').addEventListener('click', () => {
	const medium = add({});
	keep();
	say(fill(words.added, medium.querySelector('legend').textContent));
	medium.elements.type.focus();
});
document.getElementById('story_clear').addEventListener('click', clear);
document.getElementById('template_').hidden = true;
form.hidden = false;
for (const area of form.querySelectorAll('textarea')) grow(area);

// add shows a medium, with what is known of it.
function add({ id = last + 1, ...known }) {
	last = Math.max(last, id);
	const medium = document.getElementById('medium_').content.firstElementChild.cloneNode(true);
	list.append(medium);
	medium.dataset.id = id;
	for (const control of medium.querySelectorAll('[name]')) {
		const { name } = control;
		if (control.type === 'radio') {
			if (control.dataset.missing) control.id = `${name}_${id}`; // the first of them
			control.name = `${name}_${id}`;
			control.checked = control.value === known[name];
			continue;
		}
		control.id = `${name}_${id}`;
		const field = control.closest('.field');
		const [label, hint] = ['label', '.hint'].map((part) => field?.querySelector(part));
		if (label) label.htmlFor = control.id;
		if (hint) {
			hint.id = `${control.id}_hint`;
			describe(control, hint.id, true);
		}
		if (control.type !== 'file' && known[name]) control.value = known[name];
	}
	const { type, remove, file, captions } = medium.elements;
	type.addEventListener('change', () => shape(medium));
	remove.addEventListener('click', () => {
		const name = medium.querySelector('legend').textContent;
		medium.remove();
		for (const input of [file, captions]) forget(input);
		number();
		keep();
		say(fill(words.removed, name));
		document.getElementById('add_').focus();
	});
	shape(medium);
	number();
	for (const input of [file, captions]) if (known[`${input.name}Name`]) bring(input, known[`${input.name}Name`]);
	return medium;
}

// shape shows the fields that a type of medium has.
function shape(medium) {
	const { type, file, link } = medium.elements;
	for (const part of medium.querySelectorAll('[data-for]')) part.hidden = !part.dataset.for.split(' ').includes(type.value);
	file.accept = (endings[type.value] ?? []).map((ending) => `.${ending}`).join().replace('.jpg', '.jpg,.jpeg');
	file.required = type.value === 'image' || type.value === 'infographic';
	link.required = type.value === 'article';
}

function number() {
	[...list.children].forEach((medium, i) => {
		const name = fill(words.medium, i + 1);
		medium.querySelector('legend').textContent = name;
		medium.elements.remove.textContent = fill(words.remove, name);
	});
	document.getElementById('add_').disabled = list.children.length >= most.media;
}

// What is kept.

// values gives what is filled in, of the form or a medium.
function values(scope) {
	const out = {};
	for (const control of scope.elements) {
		if (!control.name || scope === form && list.contains(control) || control.type === 'file' || control.type === 'submit' || control.type === 'button') continue;
		if (control.type === 'radio' || control.type === 'checkbox') {
			if (control.checked) out[control.name.replace(/_\d+$/, '')] = control.value;
		} else if (control.value) out[control.name] = control.value;
	}
	return out;
}

function keep() {
	const media = [...list.children].map((medium) => ({
		id: Number(medium.dataset.id), ...values(medium), fileName: nameOf(medium.elements.file), captionsName: nameOf(medium.elements.captions),
	}));
	try {
		localStorage.setItem(key, JSON.stringify({ ...values(form), media }));
	} catch {
		say(words.lost);
	}
}

function nameOf(input) { return input.files[0]?.name ?? input.dataset.kept; }

function restore() {
	let known;
	try {
		known = JSON.parse(localStorage.getItem(key)) ?? {};
	} catch {
		return;
	}
	for (const control of form.elements) {
		const value = known[control.name];
		if (typeof value !== 'string' || control.type === 'file') continue;
		if (control.type === 'radio' || control.type === 'checkbox') control.checked = control.value === value;
		else control.value ||= value;
	}
	for (const medium of known.media ?? []) add(medium);
}

// database gives the files of all forms of the site, or fails. The desk, which a preview has beside the site, has another.
function database() {
	opened ??= new Promise((resolve, reject) => {
		const asked = indexedDB.open('leerblad-form', 1);
		asked.onupgradeneeded = () => asked.result.createObjectStore('files');
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = asked.onblocked = () => reject(asked.error);
	});
	return opened;
}

async function files(mode, act) {
	const store = (await database()).transaction('files', mode).objectStore('files');
	return new Promise((resolve, reject) => {
		const asked = act(store);
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
}

function place(input) { return `${key}#${input.id}`; }

function keepFile(input) {
	const [file] = input.files;
	input.dataset.kept = '';
	again(input, '');
	if (!file) return forget(input);
	return files('readwrite', (store) => store.put(file, place(input))).catch(() => say(words.lostFiles));
}

function forget(input) { return files('readwrite', (store) => store.delete(place(input))).catch(() => {}); }

// bring puts a file that was kept into its field again; where it cannot, the reader has to.
async function bring(input, name) {
	input.dataset.kept = name;
	try {
		const file = await files('readonly', (store) => store.get(place(input)));
		const transfer = new DataTransfer();
		transfer.items.add(new File([await file.arrayBuffer()], name, { type: file.type }));
		input.files = transfer.files;
		input.dataset.kept = '';
	} catch {
		again(input, fill(words.again, name));
	}
}

function again(input, text) {
	const note = input.closest('.field').querySelector('.again');
	note.textContent = text;
	note.hidden = !text;
}

function clear() {
	if (!confirm(words.confirm)) return;
	for (const input of list.querySelectorAll('[type=file]')) forget(input);
	list.replaceChildren();
	form.reset();
	localStorage.removeItem(key);
	sending.hidden = true;
	show([]);
	number();
	say(words.cleared);
}

// What is wrong.

function holder(control) { return control.type === 'radio' ? control.closest('fieldset') : control; }

function problems() {
	const found = [];
	let sum = 0;
	const asked = new Set(); // groups of radio buttons
	for (const control of form.elements) {
		const { type, name, value, required } = control;
		if (!control.willValidate || control.closest('[hidden]') || asked.has(name) && type === 'radio') continue;
		const tell = (text) => found.push([control, text]);
		if (type === 'radio') asked.add(name);
		if (type === 'file') {
			const [file] = control.files;
			sum += file?.size ?? 0;
			const kind = control.closest('.medium').elements.type.value;
			if (!file && name === 'file' && (required || !control.closest('.medium').elements.link.value.trim())) tell(required ? control.dataset.missing : control.dataset.either);
			else if (file && !ending(control, kind)) tell(fill(words.kind, file.name));
			else if (file?.size > most.file) tell(fill(words.large, file.name));
			else if (sum > most.all && file) tell(words.total);
		} else if (type === 'radio' || type === 'checkbox' ? control.validity.valueMissing : required && !value.trim()) tell(control.dataset.missing);
		else if (type === 'url' && value.trim() && !address(value)) tell(control.dataset.wrong);
		else if (type === 'email' && !control.validity.valid) tell(control.dataset.wrong);
	}
	return found;
}

function address(text) {
	try {
		return /^https?:$/.test(new URL(text.trim()).protocol);
	} catch {
		return false;
	}
}

// ending says how the name of a chosen file ends in the contribution; undefined for a file of another type.
function ending(input, kind) {
	const [{ name, type }] = input.files;
	const found = name.split('.').pop().toLowerCase().replace('jpeg', 'jpg');
	const known = input.name === 'captions' ? ['vtt'] : endings[kind];
	return [found, types[type] ?? type.split('/')[1]?.replace('jpeg', 'jpg')].find((e) => known.includes(e));
}

// show tells what is wrong: at the fields, and above the form, where the focus goes.
function show(found) {
	for (const control of form.querySelectorAll('[aria-invalid]')) settle(control);
	summary.hidden = found.length === 0;
	summary.querySelector('ul').replaceChildren(...found.map(([control, text]) => {
		const error = document.createElement('p');
		error.className = 'error';
		error.id = `${control.id}_error`;
		error.textContent = text;
		const at = holder(control);
		const before = control.type === 'radio' ? at.querySelector('.choice') : control.closest('.choice') ?? control;
		before.before(error);
		control.setAttribute('aria-invalid', 'true');
		describe(at, error.id, true);
		const link = document.createElement('a');
		link.href = `#${control.id}`;
		link.textContent = control.closest('.medium') ? `${control.closest('.medium').querySelector('legend').textContent}: ${text}` : text;
		link.addEventListener('click', (event) => {
			event.preventDefault();
			control.focus();
		});
		const item = document.createElement('li');
		item.append(link);
		return item;
	}));
}

// settle takes away what was said of a field that is filled in anew.
function settle(control) {
	const marked = control.type === 'radio' ? control.closest('fieldset').querySelector('[aria-invalid]') : control;
	if (!marked?.hasAttribute('aria-invalid')) return;
	marked.removeAttribute('aria-invalid');
	describe(holder(marked), `${marked.id}_error`, false);
	document.getElementById(`${marked.id}_error`)?.remove();
}

function describe(element, id, on) {
	const ids = new Set((element.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
	if (on) ids.add(id);
	else ids.delete(id);
	if (ids.size > 0) element.setAttribute('aria-describedby', [...ids].join(' '));
	else element.removeAttribute('aria-describedby');
}

// The file.

async function make() {
	const found = problems();
	show(found);
	sending.hidden = true;
	if (found.length > 0) return summary.focus();
	const contents = { files: [], names: new Set(), media: [], consents: [] };
	try {
		for (const medium of list.children) await take(medium, contents);
	} catch (error) {
		if (!error.input) throw error;
		show([[error.input, error.text]]);
		return summary.focus();
	}
	const { title, region, outcome } = values(form);
	const now = new Date();
	const story = draft({
		title, region, outcome, lessons: lines(form.elements.lessons.value), media: contents.media,
		date: [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-'),
		parts: parts.map(({ dataset, value }) => ({ heading: dataset.heading, text: value })),
	});
	return hand(zip([{ name: 'story.md', data: story }, { name: 'sender.txt', data: note(title, contents.consents) }, ...contents.files]), slug(title), line(title));
}

// take adds a medium to the contents of the file: as front matter has it, its files, and who agreed.
async function take({ elements }, { files: parcel, names, media, consents }) {
	const { type: { value: type, selectedOptions }, file, link, captions, transcript } = elements;
	const has = (control) => !control.closest('[hidden]');
	const said = (name) => has(elements[name]) && line(elements[name].value);
	const put = async (input) => {
		const [chosen] = input.files;
		if (!has(input) || !chosen) return '';
		const data = new Uint8Array(await chosen.arrayBuffer().catch(() => new ArrayBuffer(0)));
		if (data.length === 0) throw Object.assign(new Error('a file is gone'), { input, text: fill(words.empty, chosen.name) });
		const base = slug(chosen.name.replace(/\.[^.]*$/, ''));
		const end = ending(input, type);
		let name = `${base}.${end}`;
		for (let n = 2; names.has(name); n++) name = `${base}-${n}.${end}`;
		names.add(name);
		parcel.push({ name, data });
		return name;
	};
	const src = await put(file);
	media.push({
		type, src, link: !src && has(link) && link.value.trim(), alt: said('alt'), quote: said('quote'), person: said('person'),
		caption: said('caption'), credit: said('credit'), captions: await put(captions), transcript: has(transcript) && markdown(transcript.value),
	});
	const agreed = [...elements].find((e) => e.type === 'radio' && e.checked && has(e));
	if (agreed) consents.push(`${src || selectedOptions[0].text}: ${agreed.value}`);
}

// note is what the editors alone read.
function note(title, consents) {
	const { name, email, leave } = form.elements;
	const label = (control) => line(control.closest('.field').querySelector('[data-said]').textContent);
	const said = [name, email].filter(({ value }) => value.trim()).map((control) => `${label(control)}: ${line(control.value)}`);
	return [line(title), ...said, label(leave), ...consents.length > 0 ? [words.consent, ...consents] : []].map((l) => `${l}\n`).join('');
}

// hand gives the file to the reader, and says what to do with it.
function hand(blob, name, title) {
	const link = document.getElementById('parcel_');
	const mail = document.getElementById('mail_');
	if (link.href) URL.revokeObjectURL(link.href);
	link.href = URL.createObjectURL(blob);
	link.download = link.textContent = `${name}.leerblad.zip`;
	mail.href = mail.href.replace(/\?subject=.*/, `?subject=${encodeURIComponent(`${words.subject}: ${title}`)}`);
	say(kept);
	sending.hidden = false;
	sending.focus();
	link.click();
}

// grow makes room for a long text, on the screen and on paper.
function grow(area) {
	if (area.localName !== 'textarea') return;
	area.style.blockSize = 'auto';
	area.style.blockSize = area.scrollHeight + 2 + 'px';
}

function say(text) { status.textContent = text; }
