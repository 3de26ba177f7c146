// The text in CodeMirror.
import {
  EditorSelection, EditorState, EditorView, HighlightStyle, LSPPlugin, autocompletion, completionKeymap, defaultKeymap, drawSelection, dropCursor,
  highlightSelectionMatches, highlightSpecialChars, history, historyKeymap, hoverTooltips, keymap, lintKeymap, markdown, markdownLanguage,
  search, searchKeymap, serverCompletionSource, syntaxHighlighting, tags, yaml, yamlFrontmatter,
} from './codemirror.js';
import { uri } from './lsp.js';
import { body, isFolded, matter, toggle } from './matter.js';
import { marks } from './marks.js';
import { phrases } from './phrases.js';
import { about, say } from './words.js';

const style = HighlightStyle.define([
  { tag: tags.heading, class: 'md-heading' }, { tag: tags.strong, class: 'md-strong' }, { tag: tags.emphasis, class: 'md-emphasis' },
  { tag: tags.link, class: 'md-link' }, { tag: tags.url, class: 'md-url' }, { tag: tags.monospace, class: 'md-code' },
  { tag: tags.strikethrough, class: 'md-strike' }, { tag: tags.quote, class: 'md-quote' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.meta], class: 'md-mark' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], class: 'md-key' }, { tag: tags.comment, class: 'md-mark' },
]);

// complete asks the server, when somebody types where it may know something: in front matter, and between brackets of a text.
function complete(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (!context.explicit && context.pos >= body(context.state) && !/[[({][^\])}]*$/.test(before)) return null;
  return serverCompletionSource(context);
}

// nonced lets CodeMirror's style sheet in, which is a style element.
export const nonced = EditorView.cspNonce.of(document.querySelector('meta[name="leerblad-style"]').nonce);

// Editor shows one text at a time. It tells changed(transaction) and moved().
export class Editor {
  // extra are extensions of others.
  constructor(parent, server, { changed, moved, extra }) {
    this.server = server;
    this.common = [
      nonced, history(), highlightSpecialChars(), drawSelection(), dropCursor(), EditorView.lineWrapping, highlightSelectionMatches(), search({ top: true }),
      syntaxHighlighting(style), marks, EditorState.phrases.of(phrases()), hoverTooltips(),
      EditorView.scrollMargins.of(() => ({ top: (document.querySelector('.toolbar')?.offsetHeight ?? 0) + 8, bottom: 24 })),
      EditorView.contentAttributes.of({
        'aria-label': say('text'), lang: about.language, spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences', writingsuggestions: 'true',
      }),
      keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update);
        if (update.docChanged || update.selectionSet) moved();
      }),
      extra,
    ];
    this.view = new EditorView({ parent, extensions: nonced });
  }

  // show opens a text; at is where the caret goes, without it the beginning of what is written.
  show(path, text) {
    const isYAML = path.endsWith('.yaml');
    const state = EditorState.create({
      doc: text,
      extensions: [
        EditorState.lineSeparator.of(separator(text)), isYAML ? yaml() : yamlFrontmatter({ content: markdown({ base: markdownLanguage, completeHTMLTags: false }) }),
        autocompletion({ override: [isYAML ? serverCompletionSource : complete], maxRenderedOptions: 12 }),
        matter, this.server.client.plugin(uri(path), isYAML ? 'yaml' : 'markdown'), this.common,
        EditorState.readOnly.of(about.readOnly),
      ],
    });
    this.path = path;
    this.view.setState(state);
    this.view.dispatch({ selection: { anchor: body(this.view.state) } });
  }

  // close shows nothing.
  close() {
    this.path = undefined;
    this.view.setState(EditorState.create({ extensions: nonced }));
  }

  // text gives the words with the line ends that they had.
  get text() {
    const { state } = this.view;
    return state.sliceDoc();
  }

  get doc() { return this.view.state.doc; }

  // synced says whether the server has all that was typed.
  get synced() { return LSPPlugin.get(this.view)?.unsyncedChanges.empty ?? false; }

  // line gives the number of the line of the caret.
  get line() {
    const { state } = this.view;
    return state.doc.lineAt(state.selection.main.head).number;
  }

  // replace puts other words in place of all, as one change that can be undone.
  replace(text) {
    const { state } = this.view;
    this.view.dispatch({ changes: { from: 0, to: state.doc.length, insert: state.toText(text) }, filter: false });
  }

  // offset gives the offset of a position of the protocol.
  offset({ line, character }, doc = this.view.state.doc) {
    if (line >= doc.lines) return doc.length;
    const at = doc.line(line + 1);
    return Math.min(at.from + character, at.to);
  }

  // apply makes changes that the server gave, which are for the text as it is now.
  apply(edits, event = 'input.form') {
    const changes = edits.map(({ range, newText }) => {
      return { from: this.offset(range.start), to: this.offset(range.end), insert: this.view.state.toText(newText) };
    });
    this.view.dispatch({ changes, filter: false, userEvent: event });
  }

  // go puts the caret somewhere and shows it; front matter that is not shown is.
  go(from, to = from) {
    const effects = isFolded(this.view.state, from) ? [toggle.of(true)] : [];
    this.view.dispatch({ effects });
    this.view.dispatch({ selection: EditorSelection.single(from, to), effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    this.view.focus();
  }

  // goLine does that at the beginning of a line.
  goLine(number) {
    const { doc } = this.view.state;
    this.go(doc.line(Math.max(1, Math.min(number, doc.lines))).from);
  }
}

// separator gives the line ends of a text, if all are the same: they stay. In a text with several kinds each stays as it is.
export function separator(text) {
  const all = text.match(/\r\n|\n|\r/g) ?? [];
  return all.length > 0 && all.every((one) => one === all[0]) ? all[0] : '\n';
}
