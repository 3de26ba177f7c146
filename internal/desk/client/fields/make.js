// Makes the field of each type of value. A field is {element, show(value, field), wide}; it calls change(value), null where it is empty.
import { boolean, choice, day, number, numbers, text } from './simple.js';
import { lines } from './lines.js';
import { mapping, mappings } from './mapping.js';
import { file } from './file.js';
import { reference, references } from './reference.js';
import { slugs } from './slugs.js';

const makers = {
  line: text, block: text, address: text, date: day, bool: boolean, number, numbers, choice, lines, slugs, reference, references, file, picture: file, mapping, mappings,
};

export function make(field, change, others) {
  return (makers[field.type] ?? text)(field, change, others);
}
