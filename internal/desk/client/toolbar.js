// What the buttons above the text do to it.
import { EditorSelection, keymap } from './codemirror.js';
import { button, el } from './dom.js';
import { say } from './words.js';

// around puts marks around what is selected, or takes them away.
function around(mark) {
  return ({ state, dispatch }) => {
    dispatch(state.update(state.changeByRange((range) => {
      const { from, to } = range;
      const n = mark.length;
      if (state.sliceDoc(from - n, from) === mark && state.sliceDoc(to, to + n) === mark) {
        return { changes: [{ from: from - n, to: from }, { from: to, to: to + n }], range: EditorSelection.range(from - n, to - n) };
      }
      return { changes: [{ from, insert: mark }, { from: to, insert: mark }], range: EditorSelection.range(from + n, to + n) };
    }), { userEvent: 'input.format', scrollIntoView: true }));
    return true;
  };
}

const bullet = /^(\s*)(?:[-*+] (?:\[[+!~?-]\] )?|\d+[.)] |> |#{1,6} )?/;

// before puts a mark before each selected line, in place of another one; if all have it already, it goes.
function before(mark) {
  return ({ state, dispatch }) => {
    const lines = [];
    for (const { from, to } of state.selection.ranges) {
      for (let at = from; at <= to;) {
        const line = state.doc.lineAt(at);
        if (lines.at(-1)?.from !== line.from && (line.text.trim() || from === to)) lines.push(line);
        at = line.to + 1;
      }
    }
    const wanted = (i) => (typeof mark === 'string' ? mark : mark(i));
    const has = lines.map((line, i) => line.text.slice(bullet.exec(line.text)[1].length).startsWith(wanted(i)));
    const changes = lines.map((line, i) => {
      const [whole, indent] = bullet.exec(line.text);
      return { from: line.from + indent.length, to: line.from + whole.length, insert: has.every(Boolean) ? '' : wanted(i) };
    });
    const set = state.changes(changes);
    dispatch(state.update({ changes: set, selection: state.selection.map(set, 1), userEvent: 'input.format', scrollIntoView: true }));
    return true;
  };
}

// heading makes a line a heading of the second level, then of the third, then a line again.
function heading(view) {
  const { text } = view.state.doc.lineAt(view.state.selection.main.head);
  if (text.startsWith('### ')) return before('### ')(view);
  return before(text.startsWith('## ') ? '### ' : '## ')(view);
}

// block puts lines of their own at the caret, and gives where they begin.
export function block(view, text, caret = text.length) {
  const { state } = view;
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const at = line.text.trim() ? line.to : line.from;
  const above = line.text.trim() ? '\n\n' : line.number > 1 && state.doc.line(line.number - 1).text.trim() ? '\n' : '';
  const below = line.number < state.doc.lines && state.doc.line(line.number + 1).text.trim() ? '\n' : '';
  view.dispatch({
    changes: { from: at, to: line.text.trim() ? at : line.to, insert: state.toText(above + text + below) },
    selection: { anchor: at + above.length + caret }, userEvent: 'input.format', scrollIntoView: true,
  });
  return at + above.length;
}

// inline puts text in place of what is selected.
export function inline(view, text) {
  view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.format', scrollIntoView: true });
}

function table(view) {
  const [one, two] = [say('column', 1), say('column', 2)];
  block(view, `| ${one} | ${two} |\n| --- | --- |\n|  |  |`, 2);
}

// chart puts a chart with a small table, and the caret in its title.
function chart(view) {
  const [head, title] = ['```chart bar "', say('chartTitle')];
  block(view, `${head}${title}"\n${say('column', 1)} | ${say('column', 2)}\n2020 | 10\n2021 | 20\n\`\`\``, head.length + title.length);
}

function footnote(view) {
  const { state } = view;
  const used = new Set([...state.sliceDoc().matchAll(/\[\^(\d+)\]/g)].map(([, n]) => Number(n)));
  let n = 1;
  while (used.has(n)) n++;
  const mark = `[^${n}]`;
  const { head } = state.selection.main;
  const end = state.doc.length;
  const gap = /\n\n$/.test(state.sliceDoc()) ? '' : state.sliceDoc(end - 1) === '\n' ? '\n' : '\n\n';
  const note = `${gap}${mark}: `;
  view.dispatch({
    changes: [{ from: head, insert: mark }, { from: end, insert: note }],
    selection: { anchor: end + mark.length + note.length }, userEvent: 'input.format', scrollIntoView: true,
  });
}

const commands = [
  ['heading', heading, 'Mod-Alt-2'], ['bold', around('**'), 'Mod-b'], ['italic', around('*'), 'Mod-i'],
  ['bullets', before('- ')], ['numbers', before((i) => `${i + 1}. `)], ['quote', before('> ')],
  ['works', before('- [+] ')], ['attention', before('- [!] ')], ['mixed', before('- [~] ')], ['fails', before('- [-] ')], ['question', before('- [?] ')],
  ['linkText', 'link', 'Mod-k'], ['linkElsewhere', 'address'], ['picture', 'picture'], ['table', table], ['chart', chart], ['footnote', footnote],
  ['rename', 'rename', 'F2'],
];

const valences = ['works', 'attention', 'mixed', 'fails', 'question'];
const signs = { works: '+', attention: '!', mixed: '~', fails: '−', question: '?' };

// toolbar makes the buttons; others are the commands that ask something first, by their names.
export function toolbar(view, others) {
  const run = (command) => () => {
    if (typeof command === 'string') return others[command]();
    command(view());
    return view().focus();
  };
  const buttons = commands.map(([name, command, key]) => {
    const isFinding = valences.includes(name);
    const title = [isFinding ? say('findingOf', say(name)) : say(name), key?.replace('Mod', 'Ctrl').replaceAll('-', '+')].filter(Boolean).join(' · ');
    const text = isFinding ? signs[name] : say(`${name}.short`);
    return button(text, run(command), {
      title, 'aria-label': isFinding ? say('findingOf', say(name)) : say(name), className: isFinding ? `finding ${name}` : `tool-${name}`, tabIndex: -1,
    });
  });
  buttons[0].tabIndex = 0;
  const bar = el('div', { className: 'toolbar', role: 'toolbar', 'aria-label': say('layout'), onkeydown: (event) => move(event, buttons) }, buttons);
  bar.addEventListener('focusin', ({ target }) => buttons.forEach((b) => { b.tabIndex = b === target ? 0 : -1; }));
  return bar;
}

// keys are the commands that have a key.
export const keys = (others) => keymap.of(commands.filter(([, , key]) => key).map(([, command, key]) => {
  return { key, preventDefault: true, run: (view) => (typeof command === 'string' ? (others[command](), true) : (command(view), true)) };
}));

// move goes between buttons by arrow keys, as in any toolbar.
export function move(event, buttons) {
  const to = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const at = buttons.indexOf(document.activeElement);
  if (at < 0 || !to && event.key !== 'Home' && event.key !== 'End') return;
  event.preventDefault();
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : (at + to + buttons.length) % buttons.length;
  buttons[next].focus();
}
