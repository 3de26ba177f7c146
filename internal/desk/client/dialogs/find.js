// Finds a text or finding by its words.
import { Dialog, field } from '../dialog.js';
import { el, id, later, unseen } from '../dom.js';
import { count, say } from '../words.js';

// finder asks for one with search(query, kinds), and gives what was chosen, or undefined.
export function finder(search, { title, kinds = [] }) {
  const dialog = new Dialog(title);
  const options = el('ul', { id: id('found'), role: 'listbox', 'aria-label': title, className: 'options' });
  const status = el('p', { role: 'status', className: 'facts' });
  const input = el('input', {
    type: 'search', role: 'combobox', 'aria-expanded': 'true', 'aria-autocomplete': 'list', 'aria-controls': options.id, autocomplete: 'off', spellcheck: false,
  });
  dialog.body.append(field(say('findWords'), input), options, status);
  let found = [];
  let at = 0;
  const point = (to) => {
    at = Math.max(0, Math.min(found.length - 1, to));
    [...options.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    const now = options.children[at];
    if (now) input.setAttribute('aria-activedescendant', now.id);
    else input.removeAttribute('aria-activedescendant');
    now?.scrollIntoView({ block: 'nearest' });
  };
  const look = async () => {
    const query = input.value;
    let list;
    try {
      list = await search(query, kinds);
    } catch (error) {
      return dialog.fail(error);
    }
    if (query !== input.value) return undefined;
    found = list;
    options.replaceChildren(...found.map((f, i) => option(f, () => dialog.close(found[i]))));
    status.textContent = found.length > 0 ? count('found', found.length) : say('notFound');
    return point(0);
  };
  input.addEventListener('input', later(look, 100));
  input.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by) {
      event.preventDefault();
      point(at + by);
    } else if (event.key === 'Enter' && found[at]) {
      event.preventDefault();
      dialog.close(found[at]);
    }
  });
  dialog.cancel();
  look();
  return dialog.open(input);
}

function option({ title, kindName, detail, reference, valence, state }, choose) {
  return el('li', { role: 'option', id: id('option'), onclick: choose, onmousedown: (event) => event.preventDefault() },
    valence && el('span', { className: `sign ${valence}` }, unseen(say(valence))),
    el('span', { className: 'title' }, title),
    el('span', { className: 'facts' }, [kindName, detail, state && state !== 'published' && say(state)].filter(Boolean).join(' · ')),
    el('span', { className: 'address' }, reference));
}
