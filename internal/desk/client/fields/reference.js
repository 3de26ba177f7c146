// References to texts and findings, which are found by their words.
import { button, el } from '../dom.js';
import { say, tell } from '../words.js';
import { grouped } from './label.js';
import { Rows, adder } from './rows.js';

// titles are those of what was chosen or told, so that a reference is shown by its words.
const titles = new Map();

const remember = (field) => (field.choices ?? []).forEach(({ value, label }) => titles.set(value, label));

function shown(reference) {
  const title = titles.get(reference);
  return el('span', { className: 'reference' }, title ?? reference, title && el('span', { className: 'address' }, reference));
}

async function chosen(field, others) {
  const found = await others.find({ title: field.label, kinds: field.kinds ?? [] });
  if (found) titles.set(found.reference, found.title);
  return found?.reference;
}

export function reference(field, change, others) {
  const place = el('div', { className: 'chosen' });
  const set = (value) => {
    show(value);
    change(value);
  };
  const show = (value, now = field) => {
    remember(now);
    place.replaceChildren(...[
      value && shown(value),
      button(say('choose'), async () => {
        const found = await chosen(field, others);
        if (found) set(found);
      }, { 'aria-label': `${say('choose')}: ${field.label}` }),
      value && button('×', () => set(null), { className: 'plain', 'aria-label': say('removeItem', titles.get(value) ?? value) }),
    ].filter(Boolean));
  };
  show(field.value);
  return { element: grouped(field, place), show, wide: true };
}

export function references(field, change, others) {
  remember(field);
  const fresh = offers(field, (found) => put(found));
  const rows = new Rows((value) => ({ element: shown(value), name: titles.get(value) ?? value }), (list) => {
    change(list.length > 0 ? list : null);
    fresh?.show(list);
  });
  const put = (found) => {
    if (!found || rows.list.includes(found)) return;
    rows.show([...rows.list, found]);
    rows.changed(rows.list);
  };
  const add = adder(say('add'), async () => put(await chosen(field, others)), field);
  const show = (value, now = field) => {
    remember(now);
    rows.show(value ?? []);
    fresh?.show(rows.list, now.offers);
  };
  show(field.value);
  return { element: grouped(field, rows.element, add, fresh?.element), show, wide: true };
}

// offers makes the list of texts that a form offers, each a button that puts it in; undefined for a field without.
function offers(field, put) {
  if (!field.offers) return undefined;
  const list = el('ul', { 'aria-label': say('offers') });
  const element = el('div', { className: 'offers' }, el('p', { className: 'facts', 'aria-hidden': 'true' }, say('offers')), list);
  let known = [];
  let taken = [];
  const show = (now, next = known) => {
    [taken, known] = [now, next];
    next.forEach(({ value, label }) => titles.set(value, label));
    const free = next.filter(({ value }) => !now.includes(value));
    list.replaceChildren(...free.map(({ value, label }, i) => el('li', {}, button(`+ ${label}`, () => {
      put(value);
      tell(say('putIn', label, taken.length));
      (list.children[Math.min(i, list.children.length - 1)]?.firstChild ?? element.parentElement.querySelector('.add')).focus();
    }, { className: 'plain', 'aria-label': say('putItIn', label) }))));
    element.hidden = free.length === 0;
  };
  return { element, show };
}
