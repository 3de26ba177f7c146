// What scripts add to pages that work without them. Each part is fetched only where its elements are.

const said = document.getElementById('said_'); // what stands in it is shown and spoken
let silence;

document.addEventListener('click', ({ target }) => {
	const button = target.closest('[data-copy], [data-print]');
	if (button?.hasAttribute('data-print')) print();
	else if (button) copy(button.dataset.copy);
});
follow();
addEventListener('hashchange', follow);
if (document.getElementById('filter_')) import('./filter.js');
if (document.getElementById('finder_')) import('./finder.js');
if (document.getElementById('news_')) import('./news.js');
if (document.getElementById('nearest_')) import('./missing.js');
if (document.getElementById('tools_')) import('./worksheet.js');
if (document.getElementById('story_')) import('./story.js');

// follow leads on who comes for a finding that stands elsewhere now.
function follow() {
	const element = document.getElementById(location.hash.slice(1));
	if (element?.hasAttribute('data-moved')) location.replace(element.href);
}

// copy needs a secure context and the reader's leave; where it has not got them it says so.
async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		say(said.dataset.done);
	} catch {
		say(said.dataset.failed);
	}
}

function say(text) {
	said.textContent = text;
	clearTimeout(silence);
	silence = setTimeout(() => { said.textContent = ''; }, 6000);
}
