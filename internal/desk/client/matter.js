// Shows the front matter of a text as one line, for the form has what is in it; it is text like the rest, and can be shown.
import { Decoration, EditorState, EditorView, StateEffect, StateField, WidgetType } from './codemirror.js';
import { button, el } from './dom.js';
import { count, say } from './words.js';

const head = /^\uFEFF?---[ \t]*\r?\n/;

// endOf gives where the front matter of a document ends, at the end of its last line; 0 without any.
export function endOf(doc) {
  if (!head.test(doc.line(1).text + '\n')) return 0;
  for (let n = 2; n <= doc.lines; n++) {
    const line = doc.line(n);
    if (/^(?:---|\.\.\.)[ \t\r]*$/.test(line.text)) return line.to;
  }
  return 0;
}

// toggle shows the front matter as text, or as a line.
export const toggle = StateEffect.define();

class Line extends WidgetType {
  constructor(lines) {
    super();
    this.lines = lines;
  }

  eq(other) { return other.lines === this.lines; }

  toDOM(view) {
    const show = () => {
      view.dispatch({ effects: toggle.of(true), selection: { anchor: 0 }, scrollIntoView: true });
      view.focus();
    };
    return el('div', { className: 'matter', contentEditable: 'false' }, `${say('data')} (${count('lines', this.lines)}) `, button(say('asText'), show));
  }

  ignoreEvent() { return true; }
}

const state = StateField.define({
  create: (s) => made(s.doc, false),
  update(value, transaction) {
    const effect = transaction.effects.find((e) => e.is(toggle));
    if (!effect && !transaction.docChanged) return value;
    return made(transaction.state.doc, effect ? effect.value : value.shown);
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.decorations),
    EditorView.atomicRanges.of((view) => view.state.field(field).decorations),
  ],
});

function made(doc, shown) {
  const end = endOf(doc);
  const folded = end > 0 && !shown;
  const decorations = folded ? Decoration.set(Decoration.replace({ widget: new Line(doc.lineAt(end).number), block: true }).range(0, end)) : Decoration.none;
  return { end, shown, folded, decorations };
}

// isFolded reports whether a place is in front matter that is not shown.
export const isFolded = (editor, at) => editor.field(state, false)?.folded && at <= editor.field(state).end;

// hasMatter reports whether there is front matter.
export const hasMatter = (editor) => editor.field(state, false)?.end > 0;

// isShown reports whether there is front matter, and it is shown as text.
export const isShown = (editor) => hasMatter(editor) && !editor.field(state).folded;

// body gives where the text below the front matter begins.
export const body = (editor) => Math.min(editor.doc.length, editor.field(state).end && editor.field(state).end + 1);

// Nothing that is typed changes what does not show; the form's changes come with filter: false.
const guarded = EditorState.changeFilter.of((transaction) => {
  const { folded, end } = transaction.startState.field(state);
  return folded && !transaction.isUserEvent('undo') && !transaction.isUserEvent('redo') ? [0, end] : true;
});

// What is typed at the very end of front matter, where there is no line below it yet, begins one.
const begun = EditorState.transactionFilter.of((transaction) => {
  const { folded, end } = transaction.startState.field(state);
  if (!folded || end < transaction.startState.doc.length || !transaction.docChanged || !transaction.isUserEvent('input')) return transaction;
  let typed = '';
  transaction.changes.iterChanges((from, to, _, __, inserted) => { if (from >= end) typed += inserted.toString(); });
  return typed ? { changes: { from: end, insert: `\n\n${typed}` }, selection: { anchor: end + 2 + typed.length }, filter: false } : transaction;
});

// matter is the extension.
export const matter = [state, guarded, begun];
