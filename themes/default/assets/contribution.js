// A contribution as a file: the draft of a story, what the editors alone may read, and the pictures and films, in a ZIP that is not
// compressed. What was typed stays text, whatever it means in Markdown or YAML. It knows no document.

const encoder = new TextEncoder();

// clean leaves out what no text holds, or what nobody sees in it and would stand before a sign at the start of a line: control characters, halves
// of characters, the line breaks of other systems, marks of direction and spaces of no width. Joiners stay, which some signs are made with.
function clean(text) {
	return text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\0-\x08\v-\x1f\x7f-\x9f\ufffe\uffff]|(?![\u200c\u200d])\p{Cf}/gu, '');
}

// line gives a text on one line.
export const line = (text) => clean(text).replace(/\s+/g, ' ').trim();

// lines gives the lines of a text that are not empty, without the dashes and dots of a list.
export const lines = (text) => clean(text).split('\n').map((l) => line(l).replace(/^[-*•–·] /, '')).filter(Boolean);

// quoted gives a text as YAML, of which JSON is a part.
const quoted = (text) => JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.codePointAt(0).toString(16)}`);

// escaped gives a line of text as Markdown that says it.
function escaped(text) {
	return text.replace(/[\\`*_[\]<>{}~|^$=&]/g, '\\$&') // what has a meaning anywhere
		.replace(/--+|\.\.+/g, (run) => run.replace(/./g, '\\$&')) // dashes and dots, of which typography makes others
		.replace(/^[-+#:!%@]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2') // what has one at the start
		.replace(/\\\\$/, '&#92;'); // behind which a line break would not be one
}

// markdown gives typed text as Markdown: empty lines part paragraphs, other line breaks stay.
export function markdown(text) {
	return clean(text).split(/\n\s*\n/).map((paragraph) => paragraph.split('\n')
		.map((l) => escaped(l.trim())).filter(Boolean).join('\\\n')).filter(Boolean).join('\n\n');
}

// slug gives a name that every system takes for a file.
export function slug(text) {
	const base = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-+|-+$/g, '');
	return /^(|con|prn|aux|nul|(com|lpt)\d)$/.test(base) ? `file-${base}`.replace(/-$/, '') : base;
}

// draft gives the draft of a story; parts are the headings and texts of its body, media are as front matter has them.
export function draft({ title, date, region, outcome, lessons, media, parts }) {
	const head = ['---', `title: ${quoted(line(title))}`, `date: ${date}`, 'draft: true', `regions: [${region ?? ''}]`, `outcome: ${outcome}`, 'lessons:',
		...lessons.map((lesson) => `  - ${quoted(lesson)}`)];
	if (media.length > 0) head.push('media:');
	for (const item of media) {
		const said = Object.entries(item).filter(([, value]) => value);
		head.push(...said.map(([key, value], i) => `  ${i === 0 ? '-' : ' '} ${key}: ${key === 'type' ? value : quoted(value)}`));
	}
	const body = parts.map(({ heading, text }) => `## ${escaped(line(heading))}\n\n${markdown(text)}\n`);
	return [...head, '---', '', ...body].join('\n');
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
	for (let i = 0; i < 8; i++) n = n & 1 ? n >>> 1 ^ 0xedb88320 : n >>> 1;
	return n;
});

function crc32(bytes) {
	let c = 0xffffffff;
	for (const b of bytes) c = table[(c ^ b) & 0xff] ^ c >>> 8;
	return ~c >>> 0;
}

// record gives the fields of a ZIP (APPNOTE 4.3), each a value and its bytes, little-endian.
function record(...fields) {
	const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)));
	let at = 0;
	for (const [value, size] of fields) {
		if (size === 2) view.setUint16(at, value, true);
		else view.setUint32(at, value, true);
		at += size;
	}
	return new Uint8Array(view.buffer);
}

// zip gives files, each a name in ASCII and its bytes or text, as a Blob. The same files give the same bytes.
export function zip(files) {
	const parts = [];
	const directory = [];
	let at = 0;
	const add = (to, ...list) => list.reduce((sum, bytes) => (to.push(bytes), sum + bytes.length), 0);
	let size = 0;
	for (const { name, data } of files) {
		const bytes = typeof data === 'string' ? encoder.encode(data) : data;
		const called = encoder.encode(name);
		// Version 2.0, stored, the first day that there is.
		const common = [[20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [called.length, 2], [0, 2]];
		size += add(directory, record([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), called);
		at += add(parts, record([0x04034b50, 4], ...common), called, bytes);
	}
	const end = record([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]);
	return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}
