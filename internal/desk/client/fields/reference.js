// References to texts and findings, which are found by their words.
import { button, el } from '../dom.js';
import { say } from '../words.js';
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
  const rows = new Rows((value) => ({ element: shown(value), name: titles.get(value) ?? value }), (list) => change(list.length > 0 ? list : null));
  rows.show(field.value ?? []);
  const add = adder(say('add'), async () => {
    const found = await chosen(field, others);
    if (!found || rows.list.includes(found)) return;
    rows.show([...rows.list, found]);
    rows.changed(rows.list);
  }, field);
  const show = (value, now = field) => {
    remember(now);
    rows.show(value ?? []);
  };
  return { element: grouped(field, rows.element, add), show, wide: true };
}
