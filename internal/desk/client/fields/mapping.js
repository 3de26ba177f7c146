// A group of fields, and lists of such groups.
import { button, el } from '../dom.js';
import { say } from '../words.js';
import { grouped } from './label.js';
import { make } from './make.js';
import { reference } from './reference.js';
import { Rows, adder } from './rows.js';

// inner makes the fields within a mapping; changed is called with the whole.
function inner(field, value, changed, others) {
  const now = { ...value };
  const fields = field.fields.map((sub) => make({ ...sub, value: now[sub.key] ?? null }, (v) => {
    if (v === null && !(sub.key === 'alt' && now.src)) delete now[sub.key];
    else now[sub.key] = v ?? '';
    changed({ ...now });
  }, others));
  const show = (next) => {
    for (const key of Object.keys(now)) delete now[key];
    Object.assign(now, next);
    fields.forEach((made, i) => {
      if (!made.element.contains(document.activeElement)) made.show(now[field.fields[i].key] ?? null);
    });
  };
  return { element: el('div', { className: 'inner' }, fields.map(({ element, wide }) => el('div', { className: wide ? 'is-wide' : '' }, element))), show };
}

export function mapping(field, change, others) {
  const place = el('div', { className: 'mapping' });
  let open = null;
  const show = (value) => {
    if (open && value && typeof value === 'object') return open.show(value);
    open = null;
    if (typeof value === 'string') { // a reference in its place
      const { element } = reference({ ...field, type: 'reference', value }, (v) => (v === null ? set(null) : change(v)), others);
      return place.replaceChildren(element);
    }
    if (!value) {
      return place.replaceChildren(...[
        adder(say('fillIn'), () => {
          show({});
          place.querySelector('input, textarea, select')?.focus();
        }, field),
        field.kinds?.length && button(say('choose'), async () => {
          const found = await others.find({ title: field.label, kinds: field.kinds });
          if (found) set(found.reference);
        }, { 'aria-label': `${say('choose')}: ${field.label}` }),
      ].filter(Boolean));
    }
    open = inner(field, value, change, others);
    return place.replaceChildren(open.element, button(say('remove.short'), () => {
      set(null);
      place.querySelector('button')?.focus();
    }, { className: 'plain', 'aria-label': say('removeItem', field.label) }));
  };
  const set = (value) => {
    show(value);
    change(value);
  };
  show(field.value);
  return { element: grouped(field, place), show, wide: true };
}

export function mappings(field, change, others) {
  const rows = new Rows((value, replace, i) => {
    const { element } = inner(field, value, replace, others);
    const name = say('itemOf', field.label, i + 1);
    return { element: el('div', { role: 'group', 'aria-label': name }, element), name };
  }, (list) => change(list.length > 0 ? list.filter((item) => Object.keys(item).length > 0) : null));
  rows.show(field.value ?? []);
  return { element: grouped(field, rows.element, adder(say('add'), () => rows.add({}), field)), show: (value) => rows.show(value ?? []), wide: true };
}
