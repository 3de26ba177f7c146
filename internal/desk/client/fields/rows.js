// Rows that are added, removed and put in another order, by buttons and by Alt with an arrow.
import { button, el } from '../dom.js';
import { say, tell } from '../words.js';

// Rows shows a list; row(item, changed) makes one as {element, name}; changed(list) is called with another list.
export class Rows {
  constructor(row, changed) {
    Object.assign(this, { row, changed });
    this.element = el('ol', { className: 'rows' });
    this.list = [];
  }

  show(list) {
    this.list = [...list];
    this.element.replaceChildren(...this.list.map((item, i) => this.#make(item, i)));
    this.element.hidden = this.list.length === 0;
  }

  // add puts an item at the end; focus goes to its control.
  add(item) {
    this.show([...this.list, item]);
    this.element.lastChild.querySelector('input, textarea, select, button')?.focus();
  }

  #make(item, i) {
    const replace = (value) => {
      this.list[i] = value;
      this.changed(this.list);
    };
    const { element, name = '' } = this.row(item, replace, i);
    const tool = (sign, key, act, disabled) => button(sign, act, { className: 'plain', 'aria-label': say(key, name || i + 1), title: say(key, name || i + 1), disabled });
    const tools = el('div', { className: 'row-tools' },
      tool('↑', 'up', () => this.#move(i, -1), i === 0),
      tool('↓', 'down', () => this.#move(i, 1), i === this.list.length - 1),
      tool('×', 'removeItem', () => this.#remove(i)));
    const made = el('li', {}, element, tools);
    made.addEventListener('keydown', (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!event.altKey || !by || event.defaultPrevented) return;
      event.preventDefault();
      this.#move(i, by);
    });
    return made;
  }

  #move(i, by) {
    if (i + by < 0 || i + by >= this.list.length) return;
    const list = [...this.list];
    [list[i], list[i + by]] = [list[i + by], list[i]];
    this.show(list);
    this.changed(this.list);
    const tools = this.element.children[i + by].querySelectorAll('.row-tools button:not(:disabled)');
    (by < 0 ? tools[0] : tools[Math.min(1, tools.length - 1)]).focus();
    tell(say('moved', i + by + 1, list.length));
  }

  #remove(i) {
    this.show(this.list.filter((_, at) => at !== i));
    this.changed(this.list);
    const next = this.element.children[Math.min(i, this.list.length - 1)]?.querySelector('.row-tools button:last-child') ?? this.element.parentElement.querySelector('.add');
    next?.focus();
  }
}

// adder makes the button that adds to a field.
export const adder = (text, act, field) => button(text, act, { className: 'add', 'aria-label': `${text}: ${field.label}` });
