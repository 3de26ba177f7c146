// The true page of the open text, in a frame that follows the caret.
import { say } from './words.js';

export class Preview {
  #path;
  #page;
  #line = 1;
  #waits = false;
  cost = 0; // milliseconds that the browser is busy with a change of the page, of late

  // jump(line) is told when somebody double-clicks a block of the open text.
  constructor({ frame, note, open }, jump) {
    Object.assign(this, { frame, note, link: open, jump });
    frame.addEventListener('load', () => this.#loaded());
  }

  // show shows the page of a text at an address, or says that there is none, and whether mistakes keep it away.
  show(path, page, isKept = false) {
    this.#path = path;
    if (!page) this.note.textContent = say(path ? isKept ? 'noPageYet' : 'noPage' : 'noText');
    if (page === this.#page) return;
    this.#page = page;
    this.frame.hidden = !page;
    this.link.hidden = !page;
    this.note.hidden = Boolean(page);
    if (page) {
      this.link.href = page;
      this.frame.contentWindow.location.replace(page);
    }
  }

  // follow shows the block that was written at a line.
  follow(line) {
    if (line === this.#line) return;
    this.#line = line;
    this.#show();
  }

  #show() {
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => {
      this.#waits = false;
      this.#scroll();
    });
  }

  #loaded() {
    const page = this.frame.contentDocument;
    if (!page) return;
    page.documentElement.classList.add('in-desk');
    this.cost = 0;
    page.addEventListener('leerblad:patched', () => {
      this.#show();
      this.#measure(performance.now());
    });
    page.addEventListener('dblclick', ({ target }) => {
      const [file, line] = placeOf(target.closest?.('[data-source]'));
      if (line && this.#isOpen(file)) this.jump(line);
    });
    page.addEventListener('keydown', (event) => {
      if (event.key === 'F6' || (event.ctrlKey || event.metaKey) && event.key === 's') {
        event.preventDefault();
        document.dispatchEvent(new KeyboardEvent('keydown', event));
      }
    });
    this.#show();
  }

  // measure takes how long it is until a change, which has just been made, is on the screen; making it takes about as long.
  #measure(from) {
    requestAnimationFrame(() => setTimeout(() => { this.cost = this.cost / 2 + performance.now() - from; }));
  }

  #isOpen(file) {
    return file === this.#path || file?.endsWith(`/${this.#path}`);
  }

  // scroll shows the last block that begins at or above the line.
  #scroll() {
    const page = this.frame.contentDocument;
    if (!page || this.frame.hidden || !this.frame.checkVisibility()) return;
    let best;
    let bestLine = 0;
    for (const block of page.querySelectorAll('[data-source]')) {
      const [file, line] = placeOf(block);
      if (line > this.#line || line < bestLine || !this.#isOpen(file)) continue;
      best = block;
      bestLine = line;
    }
    page.querySelector('.leerblad-here')?.classList.remove('leerblad-here');
    const view = this.frame.contentWindow;
    if (!best) return void (this.#line <= 1 && view.scrollTo({ top: 0, behavior: 'instant' }));
    best.classList.add('leerblad-here');
    const { top, bottom } = best.getBoundingClientRect();
    const height = view.innerHeight;
    if (top < height * 0.1 || bottom > height * 0.9) view.scrollBy({ top: top - height * 0.3, behavior: 'instant' });
  }
}

// placeOf gives the file and line of a block, which it has as file:line.
function placeOf(block) {
  const [, file, line] = /^(.*):(\d+)$/.exec(block?.dataset.source ?? '') ?? [];
  return [file, Number(line)];
}
