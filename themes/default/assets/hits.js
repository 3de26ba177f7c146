// Asks the search index, and makes what pages show of its answers. Whatever is in the index becomes text, never markup.

const { client } = document.querySelector('[data-client]').dataset;
let searcher; // a promise of the index's client

async function open(version = '') {
	const { open } = await import(client + version);
	return open(new URL('./', new URL(client, location.href)).href);
}

// ask gives the index's answer. Where a part of the index is missing, the site may have been published anew since the page
// was opened: then it begins again with a fresh client. Where that does not help it fails.
export async function ask(query, options) {
	try {
		searcher ??= open();
		return await (await searcher).search(query, options);
	} catch {
		searcher = open('?' + Date.now());
		searcher.catch(() => { searcher = undefined; });
		return (await searcher).search(query, options);
	}
}

export function element(name, className, ...children) {
	const e = document.createElement(name);
	if (className) e.className = className;
	e.append(...children);
	return e;
}

// inLanguage says of an element in which language its text is, where that is not the page's.
export function inLanguage(e, language) {
	if (language && language !== document.documentElement.lang) e.lang = language;
	return e;
}

// marked gives pieces of a text, those that were looked for with a mark.
export function marked(pieces) {
	return pieces.map(([piece, found]) => (found ? element('mark', '', piece) : piece));
}

// link leads to a result, wherever on this site the index says it is.
export function link({ url, title, language }, pieces = [[title, false]]) {
	const a = inLanguage(element('a', '', ...marked(pieces)), language);
	const { pathname, hash } = new URL(url, location.href);
	a.href = pathname + hash;
	return a;
}
