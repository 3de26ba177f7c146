// Searches the texts on the page of builds while the editor types. The server searches: a page has only the first of many texts.

const input = document.getElementById('filter');
let asked = 0; // only the answer to the last question is shown

async function ask() {
  const mine = ++asked;
  const address = input.value ? `?${new URLSearchParams({ q: input.value })}` : location.pathname;
  const response = await fetch(address).catch(() => null); // the bar tells of a lost connection
  if (!response?.ok) return;
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (mine !== asked) return;
  for (const id of ['found', 'groups']) document.getElementById(id)?.replaceChildren(...next.getElementById(id)?.childNodes ?? []);
}

input?.addEventListener('input', ask);
document.addEventListener('leerblad:patched', (event) => {
  if (!input?.isConnected) return;
  event.preventDefault();
  if (asked > 0) ask(); // the patch does not know of the answers
});
