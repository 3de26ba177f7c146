// What scripts add to pages that work without them. Each part is fetched only where its elements are.

const copyButtons = document.querySelectorAll('[data-copy]');
if (copyButtons.length > 0 && navigator.clipboard) {
	const status = announcer();
	for (const button of copyButtons) {
		button.hidden = false;
		button.addEventListener('click', () => copy(button, status));
	}
}
if (document.getElementById('filter_')) import('./filter.js');
if (document.getElementById('finder_')) import('./finder.js');
if (document.getElementById('nearest_')) import('./missing.js');
if (document.getElementById('tools_')) import('./worksheet.js');

async function copy(button, status) {
	const { copy: text, done, failed } = button.dataset;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		status.textContent = failed;
		return;
	}
	status.textContent = done;
	const icon = button.querySelector('use');
	if (icon) icon.setAttribute('href', '#icon_done');
	else button.style.minInlineSize = button.offsetWidth + 'px';
	const label = button.textContent;
	if (!icon) button.textContent = done;
	setTimeout(() => {
		status.textContent = '';
		if (icon) icon.setAttribute('href', '#icon_copy');
		else button.textContent = label;
	}, 2000);
}

// announcer makes a place whose text screen readers speak.
function announcer() {
	const p = document.createElement('p');
	p.className = 'unseen';
	p.setAttribute('role', 'status');
	document.getElementById('main_').append(p);
	return p;
}
