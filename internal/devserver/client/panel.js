// The bar and the list of problems, in a shadow tree: the page's styles do not reach them, nor theirs the page.
import { element } from './element.js';

const followKey = 'leerblad-follow';
const foldKey = 'leerblad-folded';
const closedKey = 'leerblad-closed'; // the problems that were closed, for this tab

export class Panel {
  #words;
  #places;
  #report = { problems: [] };
  #listing = false;
  #lost = false;
  #forget;
  #parts = {};

  // places may come later than the panel, which shows what they say. mail is where the page is shown as mail, "" for a page that is not.
  constructor(words, mail) {
    this.#words = words;
    const host = element('leerblad-preview', { lang: words.language, hidden: true });
    const root = host.attachShadow({ mode: 'open' });
    const style = element('link', { rel: 'stylesheet', href: '/_leerblad/live.css' });
    style.addEventListener('load', () => { host.hidden = parent !== window; }); // the desk has the page in a frame, and tells the same
    root.append(style, this.#overlay(), this.#bar(mail));
    document.documentElement.append(host);
    this.#fold(localStorage.getItem(foldKey) === 'true');
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#close();
    });
  }

  set places(places) { this.#places = places; }

  get follows() { return parent === window && localStorage.getItem(followKey) === 'true'; }

  // say tells the reader something, politely.
  say(text) {
    const { said } = this.#parts;
    said.textContent = text;
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => { said.textContent = ''; }, 6000);
  }

  // connected shows whether there is a server.
  connected(yes) {
    this.#lost = !yes;
    this.#state();
  }

  // report shows the problems of the last build: errors by themselves, once, and warnings when asked for; and their
  // number alone where the list is not wanted.
  report(report, listing) {
    const before = JSON.stringify(this.#report.problems);
    const key = JSON.stringify(report.problems);
    this.#report = report;
    this.#listing = listing;
    this.#state();
    const { overlay, heading, note, list } = this.#parts;
    heading.textContent = report.heading;
    note.textContent = report.note;
    if (key === before) return; // the reader may have opened or closed the list
    list.replaceChildren(...report.problems.map((problem) => this.#item(problem)));
    const closed = sessionStorage.getItem(closedKey) === key;
    if (!closed) sessionStorage.removeItem(closedKey);
    if (report.problems.length === 0 || !listing) overlay.hidden = true;
    else if (report.failed) overlay.hidden = closed;
    this.#expanded();
  }

  #overlay() {
    const words = this.#words;
    const heading = element('h2', { id: 'heading' });
    const note = element('p');
    const list = element('ol');
    const close = element('button', { type: 'button', className: 'close', onclick: () => this.#close() }, `${words.close} (Esc)`);
    const overlay = element('section', { id: 'overlay', tabIndex: -1, hidden: true, 'aria-labelledby': 'heading' },
      element('div', { className: 'head' }, heading, close), note, list);
    Object.assign(this.#parts, { overlay, heading, note, list });
    return overlay;
  }

  #bar(mail) {
    const words = this.#words;
    const state = element('button', { type: 'button', id: 'state', onclick: () => this.#toggle() });
    const status = element('p', { id: 'status', role: 'status' });
    const said = element('p', { id: 'said', role: 'status' });
    const follow = element('input', { type: 'checkbox', id: 'follow', checked: this.follows });
    follow.addEventListener('change', () => localStorage.setItem(followKey, follow.checked));
    const help = element('ul', {}, ...words.helps.map((text) => element('li', {}, text)));
    const tools = element('div', { id: 'tools' },
      element('label', {}, follow, ` ${words.follow}`),
      mail && element('a', { href: mail }, words.asMail),
      element('a', { href: '/_leerblad/' }, words.desk),
      element('a', { href: '/_leerblad/builds/' }, words.overview),
      element('details', {}, element('summary', {}, words.help), help));
    const fold = element('button', { type: 'button', id: 'fold', onclick: () => this.#fold(!tools.hidden) });
    Object.assign(this.#parts, { state, status, said, tools, fold });
    return element('section', { id: 'bar', 'aria-label': words.bar }, said, state, status, tools, fold);
  }

  #item({ severity, code, place, message, excerpt, hint }) {
    const label = element('strong', { className: `chip ${severity}` }, this.#words.labels[severity] ?? severity);
    const button = place && element('button', { type: 'button', className: 'place', onclick: () => this.#places.take(place) }, place);
    return element('li', {},
      element('p', {}, label, ' ', button, ' ', element('code', {}, code)),
      element('p', {}, message),
      excerpt && element('pre', { tabIndex: 0 }, excerpt),
      hint && element('p', { className: 'hint' }, hint));
  }

  #state() {
    const { state, status } = this.#parts;
    const { good, lost, labels, many } = this.#words;
    const counts = Object.keys(labels).map((severity) => {
      const n = this.#report.problems.filter((problem) => problem.severity === severity).length;
      return n && `${n} ${n === 1 ? labels[severity] : many[severity]}`;
    }).filter(Boolean).join(', ');
    const listed = !this.#lost && counts && this.#listing;
    const [className, text] = this.#lost ? ['lost', `… ${lost}`]
      : this.#report.failed ? ['failed', `✗ ${counts}`] : counts ? ['warned', `⚠ ${counts}`] : ['good', `✓ ${good}`];
    state.hidden = !listed;
    status.className = listed ? 'unseen' : '';
    state.className = className;
    state.textContent = listed ? text : '';
    if (status.textContent !== text) status.textContent = text;
  }

  #fold(folded) {
    const { tools, fold } = this.#parts;
    const words = this.#words;
    tools.hidden = folded;
    fold.textContent = folded ? '+' : '–';
    fold.setAttribute('aria-expanded', !folded);
    fold.setAttribute('aria-label', folded ? words.unfold : words.fold);
    localStorage.setItem(foldKey, folded);
  }

  #toggle() {
    const { overlay } = this.#parts;
    if (!overlay.hidden) return this.#close();
    overlay.hidden = false;
    overlay.focus();
    this.#expanded();
  }

  #close() {
    const { overlay, state } = this.#parts;
    if (overlay.hidden) return;
    const inside = overlay.contains(overlay.getRootNode().activeElement);
    overlay.hidden = true;
    sessionStorage.setItem(closedKey, JSON.stringify(this.#report.problems));
    this.#expanded();
    if (inside) state.focus();
  }

  #expanded() {
    this.#parts.state.setAttribute('aria-expanded', !this.#parts.overlay.hidden);
  }
}
