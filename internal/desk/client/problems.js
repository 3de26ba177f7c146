// The problems of the open text, with what mends them, and how many other texts have.
import { button, el } from './dom.js';
import { link } from './list.js';
import { count, say } from './words.js';

export class Problems {
  #all = false;

  // go(problem) shows where one is.
  constructor({ list, others, summary }, go) {
    Object.assign(this, { list, others, summary, go });
  }

  // show shows those of the open text, of which line tells the line.
  show(problems, lineOf) {
    this.problems = problems;
    const key = this.#focused();
    const sorted = [...problems].sort((a, b) => rank(a) - rank(b) || a.from - b.from);
    this.list.replaceChildren(...sorted.map((p) => this.#row(p, lineOf(p.from))));
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const warnings = problems.filter(({ severity }) => severity === 'warning').length;
    this.summary.textContent = problems.length === 0 ? say('noProblems')
      : [errors && count('errors', errors), warnings && count('warnings', warnings), problems.length - errors - warnings && count('hints', problems.length - errors - warnings)].filter(Boolean).join(', ');
    if (key) (this.list.querySelectorAll('button.fix')[key - 1] ?? this.list.querySelector('button') ?? this.summary).focus();
  }

  // showOthers counts those of all texts but the open one.
  showOthers(texts, open) {
    const bad = texts.filter((t) => t.path !== open && (t.errors > 0 || t.warnings > 0));
    const shown = this.#all ? bad : bad.slice(0, 8);
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

  // focused gives which of the fixes has the focus, so that it does not get lost when one has been done.
  #focused() {
    return [...this.list.querySelectorAll('button.fix')].indexOf(document.activeElement) + 1;
  }

  #row(problem, line) {
    const { severity, message, actions } = problem;
    const words = el('span', { className: 'message', id: `problem-${problem.from}-${problem.code}` }, message);
    return el('li', { className: severity },
      el('div', { className: 'told' }, el('span', { className: `chip ${severity}` }, say(severity)), ' ',
        button(say('line', line), () => this.go(problem), { className: 'plain place' }), ' ', words),
      actions.length > 0 && this.#fix(actions, words));
  }

  // fix makes the button that mends; where there is a choice, it shows what there is to choose.
  #fix(actions, words) {
    const by = { className: 'fix', 'aria-describedby': words.id };
    if (actions.length === 1) return el('div', { className: 'fixes' }, el('span', { className: 'facts' }, actions[0].title), button(say('fix'), actions[0].run, { ...by, title: actions[0].title }));
    const choices = el('div', { className: 'choices', hidden: true }, actions.map(({ title, run }) => button(title, run)));
    const open = button(say('fix'), () => {
      choices.hidden = !choices.hidden;
      open.setAttribute('aria-expanded', String(!choices.hidden));
      if (!choices.hidden) choices.firstChild.focus();
    }, { ...by, 'aria-expanded': 'false' });
    return el('div', { className: 'fixes' }, open, choices);
  }
}

const rank = ({ severity }) => ['error', 'warning', 'info', 'hint'].indexOf(severity);
