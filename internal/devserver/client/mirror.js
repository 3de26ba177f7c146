// Carries what changed between two versions of a page, as the server sent them, over to the open document. What is
// the same in both is not touched, whatever scripts and readers have done to it meanwhile.
import { differing, match } from './match.js';

// What an element or something in it must have for a script to be interested in it when the page loads.
const hooks = '[hidden], form, input, select, textarea';
const sheet = 'link[rel~=stylesheet]';
const whole = 'video, audio, iframe, object, template'; // made of more than their nodes

const inert = document.implementation.createHTMLDocument('');

export class Mirror {
  #page = inert.importNode(document.documentElement, true); // as the server sent it
  #live = new WeakMap(); // from its nodes to the document's
  #stale = new WeakMap(); // from its links to the live ones that a newer sheet will take the place of
  #touched = new Set();
  #missed = false;
  #html; // that the page was last made of, undefined before the first patch
  #placed; // its elements with a place, in order

  constructor() {
    this.#pair(this.#page, document.documentElement);
    takeSources(this.#page);
  }

  get title() {
    return this.#page.querySelector('head title')?.textContent ?? '';
  }

  // scripts gives the addresses of the page's scripts.
  get scripts() {
    return addresses(this.#page);
  }

  // patch makes the document what html says. It gives the live nodes that are new or changed, and whether scripts
  // that looked for their elements when the page was loaded have missed some; or nothing, if it may not become that page.
  patch(html, may = () => true) {
    this.#touched.clear();
    this.#missed = false;
    if (!this.#patchBlock(html)) {
      const page = parse(html);
      if (!may(page)) return undefined;
      this.#patchPage(page);
    }
    this.#html = html;
    return { touched: [...this.#touched], missed: this.#missed && this.scripts !== '' };
  }

  #patchPage(page) {
    const sources = takeSources(page);
    this.#element(this.#page, page);
    const all = [...this.#page.querySelectorAll('*')];
    all.forEach((e, i) => setSource(this.#live.get(e), sources[i]));
    this.#placed = all.filter((e, i) => sources[i] !== null);
  }

  // patchBlock does with the one block that is another, where no more is: who types in a long page changes a paragraph of it.
  #patchBlock(html) {
    const block = this.#html !== undefined && changedBlock(this.#html, html);
    if (!block) return false;
    const { body } = new DOMParser().parseFromString(html.slice(block.from, block.to), 'text/html');
    const [next] = body.childNodes;
    const old = this.#placed[block.index];
    if (body.childNodes.length !== 1 || !old || old.localName !== next.localName) return false;
    takeSources(body);
    this.#element(old, next);
    return true;
  }

  #pair(node, live) {
    this.#live.set(node, live);
    let other = live.firstChild;
    for (let child = node.firstChild; child && other; child = child.nextSibling, other = other.nextSibling) {
      this.#pair(child, other);
    }
  }

  // element makes an old element what next says, and gives the one that is now in the page.
  #element(old, next) {
    if (old.isEqualNode(next) && !old.matches('template')) return old;
    const live = this.#live.get(old);
    if (old.matches(sheet) && next.matches(sheet)) return this.#swap(old, next, live);
    if (old.matches(whole)) return this.#replace(old, next, live);
    this.#attributes(old, next, live);
    this.#children(old, next, live);
    return old;
  }

  #attributes(old, next, live) {
    for (const { name } of [...old.attributes]) {
      if (next.hasAttribute(name)) continue;
      old.removeAttribute(name);
      live.removeAttribute(name);
      this.#touched.add(live);
    }
    for (const attribute of next.attributes) {
      if (old.getAttribute(attribute.name) === attribute.value) continue;
      old.setAttributeNode(attribute.cloneNode());
      live.setAttributeNode(document.importNode(attribute));
      this.#touched.add(live);
    }
  }

  #children(old, next, live) {
    const olds = [...old.childNodes];
    const nexts = [...next.childNodes];
    if (!olds.every((child) => this.#intact(child, live))) return this.#rebuild(old, nexts, live);
    const { from, moved } = match(olds, nexts);
    const kept = new Set(from);
    for (const child of olds) {
      if (kept.has(child) && !moved.has(child)) continue;
      child.remove();
      if (kept.has(child)) continue;
      this.#live.get(child).remove();
      this.#touched.add(live);
    }
    let last = null; // the child of old that was dealt with
    nexts.forEach((node, i) => {
      const child = from[i] ?? node;
      if (!from[i] || moved.has(child)) this.#insert(old, child, last, live);
      last = from[i] ? this.#node(child, node) : child;
    });
  }

  #node(old, next) {
    if (old.nodeType === Node.ELEMENT_NODE) return this.#element(old, next);
    if (old.data === next.data) return old;
    const live = this.#live.get(old);
    splice(live, next.data);
    old.data = next.data;
    this.#touched.add(live);
    return old;
  }

  // intact says whether a child is still where the server put it, with the text that it gave.
  #intact(child, parent) {
    const live = this.#live.get(child);
    return live?.parentNode === parent && (child.nodeType === Node.ELEMENT_NODE || live.data === child.data);
  }

  // insert puts a new or moved child after last, where scripts may have put nodes of their own beside it.
  #insert(old, child, last, live) {
    const following = last ? last.nextSibling : old.firstChild;
    const made = this.#live.get(child) ?? this.#make(child);
    old.insertBefore(child, following);
    if (last) this.#live.get(last).after(made);
    else if (following) this.#live.get(following).before(made);
    else live.prepend(made);
    // Where scripts hide some of the siblings they would want to look at this one too.
    this.#missed ||= [...old.children].some((e) => e !== child && this.#live.get(e).hidden !== e.hidden);
  }

  #make(node) {
    const made = document.importNode(node, true);
    this.#pair(node, made);
    this.#touched.add(made);
    this.#missed ||= made.nodeType === Node.ELEMENT_NODE && (made.matches(hooks) || made.querySelector(hooks) !== null);
    return made;
  }

  #replace(old, next, live) {
    live.replaceWith(this.#make(next));
    old.replaceWith(next);
    return next;
  }

  // rebuild gives up what scripts made of an element's content.
  #rebuild(old, nexts, live) {
    old.replaceChildren(...nexts);
    live.replaceChildren(...nexts.map((node) => this.#make(node)));
  }

  // swap keeps the old style sheet until the new one is there, so that the page is never without.
  #swap(old, next, live) {
    const made = document.importNode(next);
    const stale = [...(this.#stale.get(old) ?? []), live];
    this.#stale.set(next, stale);
    this.#live.set(next, made);
    old.replaceWith(next);
    const done = () => stale.splice(0).forEach((link) => link.remove());
    made.addEventListener('load', done);
    made.addEventListener('error', done);
    live.after(made);
    return next;
  }
}

// changedBlock finds the paragraph or heading in which two versions of a page differ, if they differ nowhere else: from and to are its place in
// the new one, index counts the elements with a place before it.
function changedBlock(old, next) {
  const [start, end] = differing(old, next);
  const from = next.lastIndexOf('<', next.lastIndexOf(' data-source="', start));
  const [opening, name] = /^<(p|h[1-6])\b[^<>]*>/.exec(next.slice(from, start)) ?? [];
  if (!opening) return undefined;
  const inside = from + opening.length;
  const closing = `</${name}>`;
  const last = next.indexOf(closing, inside);
  if (last < next.length - end || old.indexOf(closing, inside) < old.length - end) return undefined; // the difference goes on after it
  if (/<(p|h[1-6]|ul|ol|table|div|script|style)\b/.test(next.slice(inside, last))) return undefined;
  return { from, to: last + closing.length, index: next.slice(0, from).split(' data-source="').length - 1 };
}

// parse reads a page without running anything in it.
export function parse(html) {
  const page = new DOMParser().parseFromString(html, 'text/html').documentElement;
  for (const e of page.querySelectorAll('noscript')) e.textContent = e.innerHTML; // as a browser with scripts reads it
  return page;
}

// addresses gives the addresses of a page's scripts.
export function addresses(page) {
  return [...page.querySelectorAll('script[src]')].map((e) => e.getAttribute('src')).join('\n');
}

// takeSources gives the places of all elements, in order, and leaves none in the page: a new line above moves the places of
// everything below it, which is then still the same.
function takeSources(page) {
  return [...page.querySelectorAll('*')].map((e) => {
    const source = e.getAttribute('data-source');
    if (source !== null) e.removeAttribute('data-source');
    return source;
  });
}

function setSource(live, source) {
  if (live.getAttribute('data-source') === source) return;
  if (source === null) live.removeAttribute('data-source');
  else live.setAttribute('data-source', source);
}

// splice changes only the part of a text that differs, so that a selection in the rest stays.
function splice(text, to) {
  const from = text.data;
  const [start, end] = differing(from, to);
  text.replaceData(start, from.length - end - start, to.slice(start, to.length - end));
}
