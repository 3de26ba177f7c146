// Filters the texts on the desk while the editor types.

const input = document.getElementById('filter');
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function apply() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const group of document.querySelectorAll('.group')) {
    let here = 0;
    for (const entry of group.querySelectorAll('.entry')) {
      const text = fold(entry.textContent);
      entry.hidden = !words.every((word) => text.includes(word));
      if (!entry.hidden) here++;
    }
    group.hidden = here === 0;
    found += here;
  }
  const status = document.getElementById('found');
  const { found: some, none } = status.dataset;
  status.textContent = words.length === 0 ? '' : found === 0 ? none : some.replace('%d', found);
}

input?.addEventListener('input', apply);
document.addEventListener('leerblad:patched', (event) => {
  if (!input?.isConnected) return;
  event.preventDefault();
  apply();
});
