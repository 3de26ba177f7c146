// Marks what is newer than the reader's last visit. It compares days of publication alone, so that it works with a wrong clock; what it
// remembers stays in this browser: newest, the newest day seen so far; since, what that was before this visit; at, when this was last asked.

const news = document.getElementById('news_');
const key = 'leerblad:visit:' + document.querySelector('.brand').pathname;
const pause = 4 * 60 * 60 * 1000; // ms after which a visit is another one
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text);

const kinds = [...news.querySelectorAll('[data-dates]')].map((link) => ({ link, days: link.dataset.dates.split(' ').filter(isDay) }));
const since = visit(kinds.map(({ days }) => days[0] ?? '').sort().at(-1));
if (since) show();

// visit remembers that the reader was here when newest was the newest day, and gives the newest day at the visit before; '' without one.
function visit(newest) {
	const now = Date.now();
	try {
		const kept = JSON.parse(localStorage.getItem(key)) ?? {};
		const same = Math.abs(now - kept.at) < pause;
		const since = same ? kept.since : kept.newest;
		const seen = isDay(kept.newest) && kept.newest > newest ? kept.newest : newest;
		localStorage.setItem(key, JSON.stringify({ since, newest: seen, at: now }));
		return isDay(since) ? since : '';
	} catch {
		return ''; // private windows refuse
	}
}

function show() {
	let total = 0;
	let most = false;
	for (const { link, days } of kinds) {
		const n = days.filter((day) => day > since).length;
		most ||= n === days.length && 'more' in link.dataset;
		total += n;
		link.hidden = n === 0;
		if (link.href) link.textContent += ` (${n})`;
	}
	for (const time of document.querySelectorAll('.card-meta time')) {
		if (time.dateTime > since) time.before(mark());
	}
	if (total === 0) return;
	const { single, other, more } = news.dataset;
	const text = most ? more : total === 1 ? single : other;
	document.getElementById('news_count').textContent = text.replace('{1}', total.toLocaleString(document.documentElement.lang));
	news.hidden = false;
}

function mark() {
	const span = document.createElement('span');
	span.className = 'new';
	span.textContent = news.dataset.mark;
	return span;
}
