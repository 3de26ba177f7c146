// A new text: with a title alone, or from a file of Word or another program.
import { post } from '../api.js';
import { Dialog, field } from '../dialog.js';
import { button, el } from '../dom.js';
import { about, say } from '../words.js';
import { imported } from './import.js';

export const readable = '.docx,.odt,.html,.htm,.xlsx,.csv,.txt,.md,.zip';

// create asks for a kind and a title, or a file; it gives the path of what was made. File is one that was dropped on the page. A contribution
// says itself what it is.
export function create(file) {
  if (/\.zip$/i.test(file?.name)) return imported(file);
  const dialog = new Dialog(say('newText'));
  const kind = el('select', {}, about.kinds.map(({ name, label }) => el('option', { value: name }, label)));
  const title = el('input', { type: 'text' });
  const upload = el('input', { type: 'file', accept: readable });
  const drop = el('div', { className: 'drop' }, field(say('fromFile'), upload, say('fromFileHelp')));
  dialog.body.append(field(say('kind'), kind), field(say('title'), title), drop);
  const read = async (given) => {
    const path = await imported(given, kind.value, title.value.trim());
    if (path) dialog.close(path);
  };
  upload.addEventListener('change', () => upload.files[0] && read(upload.files[0]));
  dialog.element.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  dialog.element.addEventListener('dragleave', () => drop.classList.remove('over'));
  dialog.element.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    if (event.dataTransfer.files[0]) read(event.dataTransfer.files[0]);
  });
  const made = dialog.act(say('make'), async () => {
    if (!title.value.trim()) {
      title.focus();
      throw new Error(say('noTitle'));
    }
    dialog.close((await post('new', { kind: kind.value, title: title.value.trim() })).path);
  }, { className: 'first' });
  dialog.cancel();
  title.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && (event.preventDefault(), made.click()));
  if (file) {
    drop.replaceChildren(el('p', {}, say('dropped', file.name)), button(say('readFile'), () => read(file), { className: 'first' }));
    made.hidden = true;
  }
  return dialog.open(kind);
}
