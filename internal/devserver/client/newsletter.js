// The newsletter desk: shows a mail in several ways and copies it.

const views = document.getElementById('views');
const frames = () => [...views.querySelectorAll('iframe')];
let { sum } = views.dataset;
let loaded = ahead();

// settle gives a frame the height of its mail, whose links open beside the desk. Tags of sending tools lead nowhere.
function settle(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return; // an error of the browser's own
  for (const link of body.querySelectorAll('a[href]')) {
    if (/^(https?|mailto|tel):/.test(link.getAttribute('href'))) link.target = '_blank';
    else link.removeAttribute('href');
  }
  frame.style.blockSize = `${Math.ceil(body.getBoundingClientRect().height)}px`;
}

// show shows the mail in the way that was chosen.
function show() {
  const way = views.querySelector('input:checked').value;
  views.querySelector('.frames').hidden = way === 'text';
  views.querySelector('.text').hidden = way !== 'text';
  if (way === 'text') return;
  for (const frame of frames()) frame.contentWindow.location.replace(new URL(`mail.html?show=${way}`, location.href));
}

// load fetches what can be copied.
async function load() {
  const [html, text] = await Promise.all(['mail.html', 'mail.txt'].map(async (name) => {
    const response = await fetch(name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.text();
  }));
  return { source: { 'text/plain': html }, rich: { 'text/html': html, 'text/plain': text }, text: { 'text/plain': text } };
}

// ahead loads before a click, in answer to which alone browsers let a page copy.
function ahead() {
  return load().catch(() => undefined);
}

// write puts data, by type, on the clipboard as it is. navigator.clipboard.write makes the tags of sending tools addresses of this server,
// and stands in where there is nothing else.
async function write(data) {
  let written = false;
  const take = (event) => {
    event.preventDefault();
    for (const [type, value] of Object.entries(data)) event.clipboardData.setData(type, value);
    written = true;
  };
  document.addEventListener('copy', take, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', take);
  if (written) return;
  const blobs = Object.entries(data).map(([type, value]) => [type, new Blob([value], { type })]);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

async function copy(button) {
  const said = document.getElementById('said');
  said.textContent = '';
  try {
    await write(((await loaded) ?? (await load()))[button.dataset.copy]);
    said.textContent = `${said.dataset.copied}: ${button.textContent}`;
  } catch (error) {
    console.warn(error);
    said.textContent = said.dataset.failed;
  }
}

for (const frame of frames()) {
  frame.addEventListener('load', () => settle(frame));
  const { readyState, URL: address } = frame.contentDocument ?? {};
  if (readyState === 'complete' && address !== 'about:blank') settle(frame);
}
views.addEventListener('change', show);
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]');
  if (button) copy(button);
});
document.addEventListener('leerblad:patched', (event) => {
  event.preventDefault();
  if (!views.isConnected || views.dataset.sum === sum) return;
  ({ sum } = views.dataset);
  loaded = ahead();
  show(); // not by a reload: it would bring back the way before, if somebody has just chosen another
});
if (views.querySelector('input:checked').value !== 'light') show();
