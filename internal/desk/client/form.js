// The form of what a text's front matter, or the settings, hold. The fields come from the server; each change is made in the text at once.
import { el, later, unseen } from './dom.js';
import { make } from './fields/make.js';
import { say } from './words.js';

// Form shows the fields in parent. It asks set(key, value) to change one, which gives a promise, and others for what fields choose from.
export class Form {
  #fields = new Map(); // by key
  #shape = '';

  constructor(parent, { set, ...others }) {
    Object.assign(this, { parent, set, others });
    this.pending = new Set();
  }

  // show shows the fields; what somebody is typing in stays.
  show({ fields }) {
    const shape = JSON.stringify(fields.map(shapeOf));
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#fields.clear();
      this.parent.replaceChildren(...fields.map((field) => this.#make(field)));
      return;
    }
    for (const field of fields) {
      const made = this.#fields.get(field.key);
      if (!made.waits() && JSON.stringify(field.value) !== JSON.stringify(made.last)) {
        made.last = field.value;
        made.show(field.value, field);
      }
    }
  }

  // clear shows nothing.
  clear() {
    this.#shape = '';
    this.#fields.clear();
    this.parent.replaceChildren();
  }

  // flush makes all changes that wait, and waits for them.
  async flush() {
    for (const { change } of this.#fields.values()) change.flush();
    await Promise.all(this.pending);
  }

  // focus goes to the field of a key, if there is one.
  focus(key) {
    const made = this.#fields.get(key);
    const control = made?.element.querySelector('input, textarea, select, button');
    control?.focus();
    made?.element.scrollIntoView({ block: 'center' });
    return Boolean(control);
  }

  // tell shows the messages of each key below its field.
  tell(messages) {
    for (const [key, { element, note }] of this.#fields) {
      const list = messages.get(key) ?? [];
      note.replaceChildren(...list.map(({ severity, message }) => el('p', { className: `note ${severity}` }, unseen(`${say(severity)}: `), message)));
      const control = element.querySelector('input, textarea, select');
      if (list.some(({ severity }) => severity === 'error')) control?.setAttribute('aria-invalid', 'true');
      else control?.removeAttribute('aria-invalid');
    }
  }

  #make(field) {
    const note = el('div', { className: 'notes' });
    const slow = ['line', 'block', 'address', 'number', 'numbers', 'lines', 'mapping', 'mappings', 'file', 'picture', 'date'].includes(field.type);
    let sent = 0;
    const change = later((value) => {
      sent++;
      entry.last = value;
      const done = this.set(field.key, value).catch((error) => note.replaceChildren(el('p', { className: 'note error', role: 'alert' }, error.message)))
        .finally(() => {
          sent--;
          this.pending.delete(done);
        });
      this.pending.add(done);
    }, slow ? 200 : 0);
    let typed = false;
    const made = make(field, (value) => {
      typed = true;
      change(value);
    }, this.others);
    const wrapped = el('div', { className: `entry-field ${made.wide ? 'is-wide' : ''}` }, made.element, field.fixed && el('p', { className: 'note info' }, field.fixed), note);
    if (field.fixed) for (const control of made.element.querySelectorAll('input, textarea, select, button')) control.disabled = true;
    const flush = () => {
      if (typed) change.flush();
      typed = false;
    };
    wrapped.addEventListener('focusout', ({ relatedTarget }) => wrapped.contains(relatedTarget) || flush());
    const entry = {
      element: wrapped, note, last: field.value, change: { flush }, show: made.show, waits: () => typed && wrapped.contains(document.activeElement) || sent > 0,
    };
    this.#fields.set(field.key, entry);
    return wrapped;
  }
}

// shapeOf gives what a field is, without what stands in it.
const shapeOf = ({ value, fields, choices, offers, ...rest }) => ({ ...rest, choices: rest.type === 'reference' || rest.type === 'references' ? null : choices, fields: fields?.map(shapeOf) });

