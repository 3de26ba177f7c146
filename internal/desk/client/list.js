// The list of all texts, by kind, and what is found by words.
import { get } from './api.js';
import { button, el, later, unseen } from './dom.js';
import { about, count, date, say } from './words.js';

const most = 100; // rows of a kind that are shown before somebody asks for more

// List shows texts in parent. It tells loaded(texts); find asks the server for words.
export class List {
  texts = [];
  #open;
  #all = new Set(); // kinds of which all are shown
  #folded = new Set(JSON.parse(localStorage.getItem('leerblad-desk-folded') ?? '[]'));
  #search = later(() => this.#find(), 120);

  constructor({ list, field, status }, { find, loaded }) {
    Object.assign(this, { list, field, status, ask: find, loaded });
    field.addEventListener('input', () => this.#search());
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && field.value) {
        event.preventDefault();
        field.value = '';
        this.#find();
      } else if (event.key === 'ArrowDown') {
        event.preventDefault();
        list.querySelector('a')?.focus();
      }
    });
    list.addEventListener('keydown', (event) => this.#arrows(event));
  }

  // load fetches the list anew.
  async load() {
    const texts = await get('texts');
    const same = JSON.stringify(texts) === JSON.stringify(this.texts);
    this.texts = texts;
    if (!same) this.#show();
    this.loaded(this.texts);
  }

  // of gives what the list tells of a path.
  of(path) {
    return this.texts.find((text) => text.path === path);
  }

  // titled gives the texts with all words of a query in their titles, as what is found; it does without the server.
  titled(query) {
    const words = query.toLowerCase().split(/\s+/);
    const names = new Map(about.kinds.map(({ name, label }) => [name, label]));
    return this.texts.filter(({ title, path }) => words.every((word) => (title || path).toLowerCase().includes(word)))
      .map((text) => ({ ...text, title: text.title || text.path, kindName: names.get(text.kind) }));
  }

  // mark says which text is open.
  mark(path) {
    this.#open = path;
    if (!this.field.value) this.#show();
  }

  #show() {
    if (this.field.value.trim()) return;
    const kinds = [...about.kinds.map(({ name, plural }) => [name, plural]), ['', say('others')]];
    const known = new Set(about.kinds.map(({ name }) => name));
    const focused = this.list.contains(document.activeElement) && document.activeElement.getAttribute('href');
    this.list.replaceChildren(...kinds.map(([kind, title]) => {
      const texts = this.texts.filter((text) => (known.has(text.kind) ? text.kind : '') === kind);
      return texts.length > 0 && this.#kind(kind, title, texts);
    }).filter(Boolean));
    this.status.textContent = this.texts.length > 0 ? '' : say('noTexts');
    if (focused) this.list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }

  #kind(kind, title, texts) {
    const rows = el('ul', { 'aria-label': title });
    const fill = () => {
      const shown = this.#all.has(kind) ? texts : texts.filter((text, i) => i < most || text.path === this.#open);
      rows.replaceChildren(...shown.map((text) => this.#row(text)));
      if (shown.length === texts.length) return;
      rows.append(el('li', {}, button(count('moreTexts', texts.length - shown.length), () => {
        this.#all.add(kind);
        fill();
        rows.children[most].querySelector('a').focus();
      }, { className: 'plain' })));
    };
    const details = el('details', { open: !this.#folded.has(kind) }, el('summary', {}, title, ' ', el('span', { className: 'number' }, texts.length)), rows);
    if (details.open) fill();
    details.addEventListener('toggle', () => {
      if (details.open !== this.#folded.has(kind)) return; // it was made so
      if (details.open) {
        this.#folded.delete(kind);
        if (!rows.hasChildNodes()) fill();
      } else this.#folded.add(kind);
      localStorage.setItem('leerblad-desk-folded', JSON.stringify([...this.#folded]));
    });
    return el('li', {}, details);
  }

  #row({ path, title, state, date: day, errors, warnings }) {
    const when = state === 'scheduled' && day ? ` ${date(day)}` : '';
    return el('li', { className: 'text' }, link(path, title || path, path === this.#open), marks(state, when, errors, warnings));
  }

  async #find() {
    const query = this.field.value.trim();
    if (!query) return this.#show();
    const found = await this.ask(query);
    if (query !== this.field.value.trim()) return undefined;
    this.list.replaceChildren(...found.map((f) => {
      const address = f.valence ? `${f.path}:${f.location.range.start.line + 1}` : f.path;
      const sign = f.valence && el('span', { className: `sign ${f.valence}`, title: say(f.valence) }, unseen(say(f.valence)));
      return el('li', { className: 'text found' }, sign, link(address, f.title, false), el('p', { className: 'facts' }, [f.kindName, f.detail].filter(Boolean).join(' · ')), marks(f.state, '', 0, 0));
    }));
    this.status.textContent = found.length > 0 ? count('found', found.length) : say('notFound');
    return undefined;
  }

  #arrows(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey) return;
    const all = [...this.list.querySelectorAll('a, summary')].filter((e) => e.checkVisibility());
    const next = all[all.indexOf(document.activeElement) + by];
    event.preventDefault();
    (next ?? (by < 0 ? this.field : undefined))?.focus();
  }
}

// link leads to a text on this page.
export const link = (address, title, open) => el('a', { href: `#${address.split('/').map(encodeURIComponent).join('/')}`, 'aria-current': open ? 'page' : null }, title);

// marks are the signs of what is not published, or not right.
function marks(state, when, errors, warnings) {
  const chips = [
    state && state !== 'published' && el('span', { className: `chip ${state}` }, say(state), when),
    errors > 0 && el('span', { className: 'chip error' }, count('errors', errors)),
    warnings > 0 && el('span', { className: 'chip warning' }, count('warnings', warnings)),
  ].filter(Boolean);
  return chips.length > 0 && el('p', { className: 'marks' }, chips);
}
