// A list of texts.
import { el } from '../dom.js';
import { say } from '../words.js';
import { grouped } from './label.js';
import { Rows, adder } from './rows.js';

export function lines(field, change) {
  const sent = (list) => change(list.some((line) => line !== '') ? list.filter((line) => line !== '') : null);
  const rows = new Rows((line, replace, i) => {
    const control = el(line.length > 60 ? 'textarea' : 'input', { value: line, rows: 1, 'aria-label': say('itemOf', field.label, i + 1) });
    control.addEventListener('input', () => replace(control.value.replace(/\s*\n\s*/g, ' ')));
    return { element: control, name: line };
  }, sent);
  rows.show(field.value ?? []);
  const element = grouped(field, rows.element, adder(say('add'), () => rows.add(''), field));
  return { element, show: (value) => rows.show(value ?? []), wide: true };
}
