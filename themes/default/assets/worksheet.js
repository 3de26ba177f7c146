// The worksheet's memory. Answers stay in this browser, under the page's path; nothing is sent.

const tools = document.getElementById('tools_');
const status = document.getElementById('kept_');
const answers = [...document.querySelectorAll('.answer textarea')];
const key = 'leerblad:' + location.pathname;
const { title, file, confirm: sure, cleared, lost, empty } = tools.dataset;

const kept = read();
for (const answer of answers) {
	if (kept[answer.name] && !answer.value) answer.value = kept[answer.name];
	answer.addEventListener('input', () => {
		grow(answer);
		write();
	});
	grow(answer);
}
document.getElementById('print_').addEventListener('click', () => print());
document.getElementById('export_').addEventListener('click', save);
document.getElementById('clear_').addEventListener('click', clear);
tools.hidden = false;

function read() {
	try {
		return JSON.parse(localStorage.getItem(key)) ?? {};
	} catch {
		return {};
	}
}

// write keeps the answers; private windows and full stores refuse, which is said.
function write() {
	const filled = answers.filter((a) => a.value.trim());
	try {
		if (filled.length === 0) localStorage.removeItem(key);
		else localStorage.setItem(key, JSON.stringify(Object.fromEntries(filled.map((a) => [a.name, a.value]))));
	} catch {
		status.textContent = lost;
	}
}

function clear() {
	if (!confirm(sure)) return;
	for (const answer of answers) {
		answer.value = '';
		grow(answer);
	}
	write();
	status.textContent = cleared;
}

// save gives the questions, under their headings, with their answers as a text file.
function save() {
	const lines = [title, location.href.split('#')[0]];
	let above;
	for (const answer of answers) {
		const question = answer.closest('.finding');
		const heading = headingOf(question);
		if (heading !== above) lines.push('', '', heading);
		above = heading;
		lines.push('', question.querySelector('.finding-text').textContent.trim(), '', answer.value.trim() || empty);
	}
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([lines.join('\n') + '\n'], { type: 'text/plain' }));
	link.download = (file.split('/').filter(Boolean).pop() ?? 'leerblad') + '.txt';
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function headingOf(question) {
	let e = question.parentElement;
	while (e && !/^H[2-6]$/.test(e.tagName)) e = e.previousElementSibling;
	return e?.textContent ?? '';
}

// grow makes room for a long answer, on the screen and on paper.
function grow(answer) {
	answer.style.blockSize = 'auto';
	answer.style.blockSize = answer.scrollHeight + 2 + 'px';
}
