// Some of all entries of a kind, by ticking.
import { el } from '../dom.js';
import { grouped } from './label.js';

export function slugs(field, change) {
  const boxes = el('div', { className: 'boxes' });
  let chosen = [];
  const show = (value, { choices = [] } = field) => {
    chosen = [...(value ?? [])];
    const known = new Set(choices.map((c) => c.value));
    const all = [...choices, ...chosen.filter((v) => !known.has(v)).map((v) => ({ value: v, label: v }))];
    const there = [...boxes.querySelectorAll('input')];
    if (there.map((box) => box.value).join() === all.map((c) => c.value).join()) {
      for (const box of there) box.checked = chosen.includes(box.value);
      return;
    }
    boxes.replaceChildren(...all.map(({ value: slug, label }) => {
      const box = el('input', { type: 'checkbox', value: slug, checked: chosen.includes(slug) });
      box.addEventListener('change', () => {
        chosen = box.checked ? [...chosen, slug] : chosen.filter((v) => v !== slug);
        change(chosen.length > 0 ? chosen : null);
      });
      return el('label', { className: 'box' }, box, ' ', label);
    }));
  };
  show(field.value);
  return { element: grouped(field, boxes), show, wide: true };
}
