// The open text: opening, saving and what keeps its words from being lost.
import { Refusal, read, write } from './api.js';
import { ask, tellFailure } from './dialog.js';
import { conflict } from './dialogs/conflict.js';
import { later } from './dom.js';
import { drop, hold, keep, kept, release } from './keep.js';
import { about, say, tell } from './words.js';

// Text tells opened(path), written(path), and state() when it has become another than what is on the disk, or the same.
// flush makes what the form has still to change.
export class Text {
  path;
  etag; // of the bytes that the words began from
  #saved; // those words, as a document
  #saving;
  #keep = later(() => this.#keepNow(), 300);

  constructor(editor, { state, flush, opened, written }) {
    Object.assign(this, { editor, state, flush, opened, written });
  }

  get dirty() {
    return this.path !== undefined && !this.editor.doc.eq(this.#saved);
  }

  // open shows the text at a path, with its unsaved words if wanted. It gives whether it did: what is open may have to be saved first.
  async open(path, { recover = false } = {}) {
    if (!await this.leave()) return false;
    let got;
    try {
      got = await read(path);
    } catch (error) {
      tellFailure(error instanceof TypeError ? new Error(say('noUTF8')) : error);
      return false;
    }
    this.#take(path, got);
    const words = await kept(path).catch(() => undefined);
    if (!words || words.text === got.text) return true;
    if (recover || await this.#offer() === 'yes') this.#recover(words);
    else await drop(path);
    return true;
  }

  #offer() {
    return ask(say('unsavedWords'), say('unsavedOne'), [['yes', say('recover')], ['no', say('throwAway')]]);
  }

  #recover({ text, etag }) {
    this.etag = etag; // what is on the disk may be another by now: saving finds out
    this.editor.replace(text);
    this.state();
  }

  #take(path, { text, etag }) {
    if (this.path) release(this.path);
    Object.assign(this, { path: undefined, etag });
    hold(path);
    this.editor.show(path, text);
    this.#saved = this.editor.doc;
    this.path = path;
    this.opened(path);
    this.state();
  }

  // leave asks what to do with unsaved words; it gives whether the text may be left.
  async leave() {
    await this.flush();
    if (!this.dirty) return true;
    const answer = await ask(say('unsaved'), say('leaving'), [['save', say('save')], ['no', say('dontSave')]]);
    if (answer === 'save') return this.save();
    if (answer === 'no') await this.discard();
    return answer === 'no';
  }

  // discard forgets the unsaved words.
  async discard() {
    this.#keep.drop();
    this.#saved = this.editor.doc;
    await drop(this.path).catch(() => {});
  }

  // close shows no text.
  close() {
    if (this.path) release(this.path);
    this.path = undefined;
    this.editor.close();
    this.opened(undefined);
    this.state();
  }

  // changed is told when words have changed.
  changed() {
    this.#keep();
    this.state();
  }

  async #keepNow() {
    const { path, etag } = this;
    if (path === undefined || about.readOnly) return;
    try {
      if (this.dirty) await keep(path, { text: this.editor.text, etag });
      else await drop(path);
    } catch (error) { // a browser that keeps nothing
      console.warn(error);
    }
  }

  // save writes the words; it gives whether they are on the disk now.
  save() {
    this.#saving ??= this.#save().finally(() => { this.#saving = undefined; });
    return this.#saving;
  }

  async #save() {
    await this.flush();
    if (this.path === undefined || about.readOnly) return false;
    const { path } = this;
    const { doc, text } = this.editor;
    this.#keep.flush();
    try {
      this.etag = await write(path, text, this.etag);
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 412)) {
        tellFailure(error instanceof Refusal ? error : new Error(say('noServer')));
        return false;
      }
      return this.#solve(error);
    }
    this.#saved = doc;
    await this.#keepNow();
    this.state();
    this.written(path);
    tell(say('saved'));
    return true;
  }

  // solve shows what is on the disk beside what is here, and saves what the editor makes of them.
  async #solve({ answer, etag }) {
    const theirs = answer?.text ?? '';
    const { text } = this.editor;
    if (theirs === text) return this.#agree(etag);
    const result = await conflict(theirs, text);
    if (result === undefined) return false;
    if (result !== this.editor.text) this.editor.replace(result);
    if (this.editor.text === theirs) return this.#agree(etag);
    this.etag = etag;
    return this.#save();
  }

  // agree takes the words as those that are on the disk.
  async #agree(etag) {
    this.etag = etag;
    this.#saved = this.editor.doc;
    await this.#keepNow();
    this.state();
    return true;
  }

  // refresh takes what somebody else has written, if there are no words of our own to lose.
  async refresh(etag) {
    if (this.path === undefined || this.#saving || etag === this.etag || this.dirty) return;
    const { path } = this;
    const got = await read(path).catch(() => undefined);
    if (!got || this.path !== path || this.dirty || this.#saving || got.etag === this.etag) return;
    this.etag = got.etag;
    const { head } = this.editor.view.state.selection.main;
    this.editor.replace(got.text);
    this.#saved = this.editor.doc;
    this.editor.view.dispatch({ selection: { anchor: Math.min(head, this.editor.view.state.doc.length) } });
    this.state();
    tell(say('changedOutside'));
  }
}
