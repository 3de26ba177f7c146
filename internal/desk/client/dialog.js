// Dialogs: each is a <dialog> that is made when it is asked for and gone when it closes.
import { button, el, id } from './dom.js';
import { say } from './words.js';

// Dialog is one with a title, what stands in it, and buttons below. Its answer is a promise: of what close was called with, or undefined when it was
// left with Escape.
export class Dialog {
  #resolve;

  constructor(title, { wide = false, describe = '' } = {}) {
    const heading = id('dialog');
    this.body = el('div', { className: 'dialog-body' });
    this.foot = el('div', { className: 'dialog-foot' });
    this.said = el('p', { className: 'said', role: 'alert' });
    this.element = el('dialog', { className: wide ? 'wide' : '', 'aria-labelledby': heading },
      el('div', { className: 'dialog-head' }, el('h2', { id: heading, tabIndex: -1 }, title), button('×', () => this.close(), { className: 'plain', 'aria-label': say('close') })),
      describe && el('p', { className: 'about' }, describe), this.body, this.said, this.foot);
    this.answer = new Promise((resolve) => { this.#resolve = resolve; });
    const before = document.activeElement;
    this.element.addEventListener('close', () => {
      this.element.remove();
      this.#resolve(undefined);
      if (document.activeElement === document.body) before?.focus?.();
    });
    this.element.addEventListener('keydown', (event) => event.stopPropagation());
  }

  // open shows it; focus is the element to begin at.
  open(focus) {
    document.body.append(this.element);
    this.element.showModal();
    (focus ?? this.body.querySelector('input, select, textarea, button'))?.focus();
    return this.answer;
  }

  close(value) {
    this.#resolve(value);
    this.element.close();
  }

  // fail says what went wrong.
  fail(error) {
    this.said.textContent = error.message ?? error;
  }

  // act adds a button that does something with the dialog busy meanwhile, and says what went wrong.
  act(text, what, properties = {}) {
    const made = button(text, async () => {
      this.said.textContent = '';
      this.element.setAttribute('aria-busy', 'true');
      made.disabled = true;
      try {
        await what();
      } catch (error) {
        this.fail(error);
      }
      made.disabled = false;
      this.element.removeAttribute('aria-busy');
    }, properties);
    this.foot.append(made);
    return made;
  }

  cancel() {
    this.foot.append(button(say('cancel'), () => this.close()));
  }
}

// ask puts a question with some answers, [value, text] each, the first the usual one. It gives the value, or undefined.
export function ask(title, text, answers) {
  const dialog = new Dialog(title);
  dialog.body.append(el('p', {}, text));
  for (const [i, [value, label]] of answers.entries()) {
    dialog.foot.append(button(label, () => dialog.close(value), { className: i === 0 ? 'first' : '' }));
  }
  dialog.cancel();
  return dialog.open(dialog.foot.firstChild);
}

// tellFailure shows what went wrong.
export function tellFailure(error) {
  const dialog = new Dialog(say('failed'));
  dialog.body.append(el('p', { className: 'reason' }, error.message ?? String(error)));
  dialog.foot.append(button(say('close'), () => dialog.close()));
  dialog.open(dialog.foot.firstChild);
}

// field makes a label with a control and, below, help.
export function field(label, control, help) {
  control.id ||= id('field');
  const note = help && el('p', { className: 'help', id: id('help') }, help);
  if (note) control.setAttribute('aria-describedby', note.id);
  return el('div', { className: 'field' }, el('label', { htmlFor: control.id }, label), control, note);
}
