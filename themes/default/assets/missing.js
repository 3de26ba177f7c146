// On the page for addresses that do not exist: the titles nearest to the words of the address.

import { ask, element, link } from './hits.js';

const most = 5;
const section = document.getElementById('nearest_');
const parts = location.pathname.slice(section.dataset.root.length).split('/').filter((part) => part && !/^index\.html?$/.test(part));
const words = decode(parts.at(-1) ?? '').replace(/\.html?$/, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
if (/\p{L}/u.test(words)) {
	ask(words, { limit: 4 * most }).then(({ results }) => {
		const entries = results.filter(({ kind }) => kind !== 'findings').slice(0, most);
		document.getElementById('titles_').append(...entries.map((entry) => element('li', '', link(entry))));
		section.hidden = entries.length === 0;
	}, () => {}); // the page is complete without
}

function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
