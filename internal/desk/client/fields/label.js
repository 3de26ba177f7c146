// What fields have in common: a label and help, for one control or for a group.
import { el, id, unseen } from '../dom.js';
import { say } from '../words.js';

const needed = (field) => field.needed && [' ', el('span', { className: 'needed', 'aria-hidden': 'true' }, '*'), unseen(say('needed'))];
const helpOf = (field) => field.help && el('p', { className: 'help', id: id('help') }, field.help);

// labelled puts a label above a control, and help and what else there is below.
export function labelled(field, control, ...below) {
  control.id ||= id('field');
  const help = helpOf(field);
  describe(control, help, ...below.filter((e) => e?.id));
  return el('div', { className: 'field' }, el('label', { htmlFor: control.id }, field.label, needed(field)), help, control, ...below);
}

// grouped puts a legend above several controls.
export function grouped(field, ...content) {
  const help = helpOf(field);
  const group = el('fieldset', { className: `group ${field.type}` }, el('legend', {}, field.label, needed(field)), help, ...content);
  describe(group, help);
  return group;
}

function describe(control, ...by) {
  const ids = by.filter(Boolean).map((e) => e.id);
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
}
