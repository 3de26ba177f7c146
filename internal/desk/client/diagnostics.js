// Messages of the server under the words of the open text, with what mends them.
import { LSPPlugin, setDiagnostics } from './codemirror.js';
import { later } from './dom.js';
import { uri } from './lsp.js';

const severities = ['error', 'error', 'warning', 'info', 'hint'];

// Diagnostics keeps them; it tells changed(list) of each: {from, to, line, severity, message, code, actions}, an action being {title, run}.
export class Diagnostics {
  list = [];
  #look = later((path) => this.#actions(path), 150);

  constructor(changed) {
    this.changed = changed;
  }

  // bind says of which editor and server they are.
  bind(editor, server) {
    Object.assign(this, { editor, server });
  }

  // clear forgets all, when another text opens.
  clear() {
    this.#look.drop();
    this.list = [];
    this.changed(this.list);
  }

  // published takes a notification of the server.
  published({ uri: name, version, diagnostics }) {
    const { editor, server } = this;
    const plugin = editor.path && name === uri(editor.path) && LSPPlugin.get(editor.view);
    const file = server.client.workspace.getFile(name);
    if (!plugin || !file || version != null && version !== file.version) return;
    const at = (position) => plugin.unsyncedChanges.mapPos(editor.offset(position, plugin.syncedDoc));
    const before = this.list;
    this.list = diagnostics.map((raw) => {
      const { message, severity = 1, code } = raw;
      const same = before.find((d) => d.raw.code === code && d.message === message);
      const d = { raw, message, code, from: at(raw.range.start), to: at(raw.range.end), severity: severities[severity] };
      d.actions = this.#offered(d, same?.actions ?? []); // until the server has said what mends it now
      return d;
    });
    this.#show();
    if (this.list.length > 0) this.#look(editor.path);
  }

  #show() {
    const { view } = this.editor;
    const { length } = view.state.doc;
    for (const d of this.list) Object.assign(d, { from: Math.min(d.from, length), to: Math.min(d.to, length) });
    view.dispatch(setDiagnostics(view.state, this.list.map((d) => ({
      ...d, actions: d.actions.map(({ title, run }) => ({ name: title, apply: run })),
    }))));
    this.changed(this.list);
  }

  async #actions(path) {
    const { editor } = this;
    const { list } = this;
    if (!editor.synced) return; // others come
    const found = await this.#ask(0, editor.view.state.doc.length, list).catch(() => []);
    if (editor.path !== path || list !== this.list) return;
    for (const d of list) {
      d.actions = this.#offered(d, found.filter((action) => action.diagnostics?.some((other) => isSame(other, d.raw))));
    }
    this.#show();
  }

  #offered(d, actions) {
    return actions.map(({ title }) => ({ title, run: () => this.mend(d, title) }));
  }

  #ask(from, to, list) {
    const { editor: { view, path }, server } = this;
    const position = (at) => {
      const line = view.state.doc.lineAt(at);
      return { line: line.number - 1, character: at - line.from };
    };
    return server.about('textDocument/codeAction', path, {
      range: { start: position(from), end: position(to) }, context: { diagnostics: list.map(({ raw }) => raw), only: ['quickfix'] },
    }).then((actions) => actions ?? []);
  }

  // mend asks anew for what mends a problem, since the text may be another by now, and does it.
  async mend(d, title) {
    const { editor } = this;
    const { path } = editor;
    const { doc } = editor.view.state;
    this.server.sync();
    const actions = await this.#ask(d.from, d.to, [d]);
    const action = actions.find((a) => a.title === title && (a.diagnostics ?? []).some((other) => other.code === d.code)) ?? actions.find((a) => a.title === title);
    if (!action || editor.path !== path || editor.view.state.doc !== doc) return;
    const edits = editsOf(action.edit, uri(path));
    editor.apply(edits, 'input.fix');
  }
}

const isSame = (a, b) => a.code === b.code && a.message === b.message && JSON.stringify(a.range) === JSON.stringify(b.range);

// editsOf gives the edits of one text in a change of the workspace.
export function editsOf(edit, name) {
  if (edit?.documentChanges) return edit.documentChanges.filter((c) => c.textDocument?.uri === name).flatMap((c) => c.edits);
  return edit?.changes?.[name] ?? [];
}
