// Fields with one control.
import { el, id } from '../dom.js';
import { say } from '../words.js';
import { labelled } from './label.js';

// text is a line or more of text; a line that is long breaks, and one with a best length has a counter.
export function text(field, change) {
  const long = field.type === 'block' || field.max > 80 || (field.value?.length ?? 0) > 60 || field.key === 'title';
  const control = long ? el('textarea', { rows: 1 }) : el('input', { type: field.type === 'address' ? 'url' : 'text' });
  control.value = field.value ?? '';
  control.spellcheck = field.type !== 'address';
  const counter = field.max > 0 && el('p', { className: 'counter', id: id('counter') });
  const count = () => {
    const n = [...control.value].length;
    counter.textContent = field.min ? say('lengthBetween', n, field.min, field.max) : say('length', n, field.max);
    counter.classList.toggle('over', n > field.max || n > 0 && n < (field.min ?? 0));
  };
  control.addEventListener('input', () => {
    if (counter) count();
    change(control.value === '' ? null : control.value.replace(field.type === 'block' ? /\r/g : /\s*[\r\n]\s*/g, field.type === 'block' ? '' : ' '));
  });
  if (long && field.type !== 'block') control.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && event.preventDefault());
  if (counter) count();
  const show = (value) => {
    control.value = value ?? '';
    if (counter) count();
  };
  return { element: labelled(field, control, counter), show, wide: long };
}

// day is a date, with the browser's calendar.
export function day(field, change) {
  const control = el('input', { type: 'date', value: field.value ?? '' });
  control.addEventListener('input', () => {
    if (!control.validity.badInput) change(control.value || null);
  });
  return { element: labelled(field, control), show: (value) => { control.value = value ?? ''; } };
}

export function boolean(field, change) {
  const control = el('input', { type: 'checkbox', checked: field.value === true });
  control.addEventListener('change', () => change(control.checked || null));
  const element = labelled(field, control);
  element.classList.add('check');
  return { element, show: (value) => { control.checked = value === true; } };
}

export function number(field, change) {
  const control = el('input', { type: 'number', step: 1, value: field.value ?? '' });
  control.addEventListener('input', () => {
    if (!control.validity.badInput) change(control.value === '' ? null : Number(control.value));
  });
  return { element: labelled(field, control), show: (value) => { control.value = value ?? ''; } };
}

// numbers are some whole numbers on a line.
export function numbers(field, change) {
  const control = el('input', { type: 'text', inputMode: 'numeric', value: (field.value ?? []).join(', ') });
  control.addEventListener('input', () => {
    const list = control.value.match(/-?\d+/g)?.map(Number) ?? [];
    change(list.length > 0 ? list : null);
  });
  return { element: labelled(field, control), show: (value) => { control.value = (value ?? []).join(', '); } };
}

export function choice(field, change) {
  const control = el('select', {}, el('option', { value: '' }, say('choose')), (field.choices ?? []).map(({ value, label }) => el('option', { value }, label)));
  const show = (value) => {
    control.value = value ?? '';
    if (value && control.value !== value) control.append(el('option', { value, selected: true }, value)); // what somebody wrote that is no choice
  };
  show(field.value);
  control.addEventListener('change', () => change(control.value || null));
  return { element: labelled(field, control), show };
}
