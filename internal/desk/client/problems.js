// The problems of the open text, with what mends them, and how many other texts have.
import { button, el, id } from './dom.js';
import { link } from './list.js';
import { count, say } from './words.js';

export class Problems {
  #all = false;
  #rows = new Map(); // by what they tell
  #told; // of other texts

  // go(problem) shows where one is.
  constructor({ list, others, summary }, go) {
    Object.assign(this, { list, others, summary, go });
  }

  // show shows those of the open text, of which line tells the line. The row of a problem that was there before stays, so that neither the focus
  // nor a click gets lost while somebody types or mends.
  show(problems, lineOf) {
    const sorted = [...problems].sort((a, b) => rank(a) - rank(b) || a.from - b.from);
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    const at = [...this.list.children].findIndex((row) => row.contains(focused));
    const rows = new Map();
    for (const problem of sorted) {
      let key = JSON.stringify([problem.severity, problem.code, problem.message]);
      while (rows.has(key)) key += '+'; // the same, at another place
      const row = this.#rows.get(key) ?? new Row(problem, this.go);
      row.show(problem, lineOf(problem.from));
      rows.set(key, row);
    }
    for (const [key, { element }] of this.#rows) if (!rows.has(key)) element.remove();
    [...rows.values()].forEach(({ element }, i) => this.list.children[i] !== element && this.list.insertBefore(element, this.list.children[i] ?? null));
    this.#rows = rows;
    const number = (severity) => problems.filter((p) => p.severity === severity).length;
    const [errors, warnings] = [number('error'), number('warning')];
    const hints = problems.length - errors - warnings;
    this.summary.textContent = problems.length === 0 ? say('noProblems')
      : [errors && count('errors', errors), warnings && count('warnings', warnings), hints && count('hints', hints)].filter(Boolean).join(', ');
    if (!focused || focused === document.activeElement) return;
    const next = this.list.children[Math.min(at, rows.size - 1)];
    (focused.isConnected ? focused : next?.querySelector('button.fix') ?? next?.querySelector('button') ?? this.summary).focus();
  }

  // showOthers counts those of all texts but the open one.
  showOthers(texts, open) {
    const bad = texts.filter((t) => t.path !== open && (t.errors > 0 || t.warnings > 0));
    const shown = this.#all ? bad : bad.slice(0, 8);
    const told = JSON.stringify([bad.length, shown.map((t) => [t.path, t.title, t.errors, t.warnings])]);
    if (told === this.#told) return;
    this.#told = told;
    this.others.replaceChildren(...shown.map((t) => el('li', {}, link(t.path, t.title || t.path, false), ' ',
      el('span', { className: 'facts' }, [t.errors && count('errors', t.errors), t.warnings && count('warnings', t.warnings)].filter(Boolean).join(', ')))));
    if (shown.length < bad.length) {
      this.others.append(el('li', {}, button(count('moreTexts', bad.length - shown.length), () => {
        this.#all = true;
        this.showOthers(texts, open);
      }, { className: 'plain' })));
    }
    this.others.parentElement.hidden = bad.length === 0;
  }
}

// Row shows one problem, and what mends it as the server says last.
class Row {
  #titles = [];
  #fixes;

  constructor({ severity, message }, go) {
    this.words = el('span', { className: 'message', id: id('problem') }, message);
    this.place = button('', () => go(this.problem), { className: 'plain place' });
    this.element = el('li', { className: severity },
      el('div', { className: 'told' }, el('span', { className: `chip ${severity}` }, say(severity)), ' ', this.place, ' ', this.words));
  }

  show(problem, line) {
    this.problem = problem;
    const place = say('line', line);
    if (this.place.textContent !== place) this.place.textContent = place;
    const titles = problem.actions.map(({ title }) => title);
    if (titles.join('\n') === this.#titles.join('\n')) return;
    this.#titles = titles;
    this.#fixes?.remove();
    this.#fixes = titles.length > 0 && this.#fix(titles);
    if (this.#fixes) this.element.append(this.#fixes);
  }

  // fix makes the button that mends; where there is a choice, it shows what there is to choose.
  #fix(titles) {
    const by = { className: 'fix', 'aria-describedby': this.words.id };
    const run = (title) => () => this.problem.actions.find((action) => action.title === title)?.run();
    if (titles.length === 1) return el('div', { className: 'fixes' }, el('span', { className: 'facts' }, titles[0]), button(say('fix'), run(titles[0]), { ...by, title: titles[0] }));
    const choices = el('div', { className: 'choices', hidden: true }, titles.map((title) => button(title, run(title))));
    const open = button(say('fix'), () => {
      choices.hidden = !choices.hidden;
      open.setAttribute('aria-expanded', String(!choices.hidden));
      if (!choices.hidden) choices.firstChild.focus();
    }, { ...by, 'aria-expanded': 'false' });
    return el('div', { className: 'fixes' }, open, choices);
  }
}

const rank = ({ severity }) => ['error', 'warning', 'info', 'hint'].indexOf(severity);
