// Sends an issue as test mail, and notes who approved of it and that it was sent. The page follows the issue by itself.

const nameKey = 'leerblad-by';
const place = document.getElementById('send-mail');
const said = () => document.getElementById('acted');

// token is what the desk's page has for its own scripts, of a server that may have been started anew.
async function token() {
  const page = new DOMParser().parseFromString(await (await fetch('/_leerblad/')).text(), 'text/html');
  return page.querySelector('meta[name="leerblad-token"]')?.content ?? '';
}

async function ask(act, data) {
  const headers = { 'Content-Type': 'application/json', 'X-Leerblad-Token': await token() };
  const response = await fetch(`/_leerblad/api/${act}`, { method: 'POST', headers, body: JSON.stringify(data) });
  return response.json();
}

// told gives what became of an act in words, a line each.
function told(act, { error, tested }) {
  const all = tested ?? error?.tested ?? [];
  const { test, [act]: done } = said().dataset;
  const sent = all.filter((one) => one.sent).map((one) => one.to);
  const lines = all.filter((one) => !one.sent).map(({ to, message }) => `${to}: ${message}.`);
  if (sent.length > 0) lines.unshift(`${test} ${sent.join(', ')}.`);
  if (error) lines.push(`${error.message[0].toUpperCase()}${error.message.slice(1)}.`);
  return lines.length > 0 ? lines : [done];
}

async function perform(button) {
  const { act } = button.dataset;
  const name = document.getElementById('by');
  if (act === 'approve' && !name.value.trim()) name.focus();
  else if (act === 'approve') localStorage.setItem(nameKey, name.value.trim());
  const { slug, digest } = place.dataset;
  const { sending, lost } = said().dataset;
  const heading = button.closest('li').querySelector('h3').id;
  said().textContent = act === 'test' ? sending : '';
  button.setAttribute('aria-disabled', 'true');
  let answer;
  try {
    answer = await ask(act, { slug, digest, by: name?.value });
  } catch (error) {
    console.warn(error);
  }
  button.removeAttribute('aria-disabled');
  const lines = answer ? told(act, answer) : [lost];
  said().replaceChildren(...lines.flatMap((line, i) => (i > 0 ? [document.createElement('br'), line] : [line])));
  if (answer && !answer.error && act !== 'test') document.getElementById(heading).focus(); // the button goes, or is gone already
}

const remember = () => {
  const name = document.getElementById('by');
  if (name && !name.value) name.value = localStorage.getItem(nameKey) ?? '';
};

place?.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (button && !button.hasAttribute('aria-disabled')) perform(button);
});
place?.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.id === 'by' && !event.isComposing) perform(place.querySelector('[data-act=approve]'));
});
document.addEventListener('leerblad:patched', remember);
remember();
