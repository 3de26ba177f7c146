// What comes of an imported file or of pasted text, with the questions that only the editor can answer.
import { post, write } from '../api.js';
import { Dialog, field, tellFailure } from '../dialog.js';
import { el, id } from '../dom.js';
import { say } from '../words.js';

// read sends files or HTML with the answers that there are.
async function read(source, answers) {
  const form = new FormData();
  if (typeof source === 'string') form.append('html', source);
  else form.append('files', source, source.name);
  for (const [key, value] of Object.entries(answers)) {
    if (value) form.append(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return post('import', form);
}

// imported makes a text of a file: it shows what was read, asks what must be asked, and gives the path of the draft that was made.
export async function imported(file, kind, title) {
  let first;
  try {
    first = await read(file, { kind, title });
  } catch (error) {
    tellFailure(error);
    return undefined;
  }
  return questions(say('importOf', file.name), first, (answers) => read(file, { kind, title, ...answers }), async (result) => {
    await write(result.path, await bring(result.path, result));
    return result.path;
  }, say('make'));
}

// bring puts the pictures of an import beside the text at path; it gives the text with what they are called there.
async function bring(path, { markdown, pictures }) {
  if (pictures.length === 0) return markdown;
  const form = new FormData();
  const bytes = (data) => Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  // Captions are texts, which stay beside theirs.
  const captions = pictures.filter(({ name }) => name.endsWith('.vtt'));
  for (const { name, data } of captions) await write(path.replace(/[^/]*$/, name), new TextDecoder().decode(bytes(data)));
  pictures = pictures.filter((picture) => !captions.includes(picture));
  if (pictures.length === 0) return markdown;
  for (const { name, data, type } of pictures) form.append('file', new Blob([bytes(data)], { type }), name);
  const { pictures: stored } = await post(`pictures?beside=${encodeURIComponent(path)}`, form);
  const names = new Map(pictures.map(({ name }, i) => [name, stored[i].src]));
  return markdown.replace(/(\]\(<?)([^\s)>]+)/g, (whole, start, name) => (names.has(name) ? start + names.get(name) : whole));
}

// pasted gives Markdown of a fragment, or of a file, to be put into the text at beside, or undefined.
export async function pasted(source, beside) {
  const first = await read(source, { part: '1' });
  const finish = (result) => bring(beside, result);
  const asked = first.questions.filter(({ question }) => question === 'sign' || question === 'numbers');
  if (asked.length === 0) return finish(first);
  return questions(say('pasteOf'), { ...first, questions: asked }, (answers) => read(source, { part: '1', ...answers }), finish, say('insert'));
}

// questions shows a dialog with them; again reads with the answers, and finish makes something of it.
function questions(title, first, again, finish, done) {
  const dialog = new Dialog(title, { wide: true, describe: first.questions.length > 0 ? say('importAbout') : '' });
  const answers = {};
  let result = first;
  const text = el('pre', { className: 'markdown', tabIndex: 0, 'aria-label': say('becomes') });
  const show = () => { text.textContent = result.markdown; };
  // The server reads one file at a time: answers that come meanwhile go along with the next reading.
  let given = 0;
  let used = 0; // of the answers given, those that result was made with
  let reading;
  const current = async () => {
    while (used !== given) {
      const now = given;
      result = await again(answers);
      used = now;
      show();
    }
  };
  const answer = (key, value) => {
    if (key === 'signs') answers.signs = { ...answers.signs, ...value };
    else answers[key] = value;
    given++;
    if (reading) return;
    dialog.element.setAttribute('aria-busy', 'true');
    reading = current().then(() => { dialog.said.textContent = ''; }, (error) => dialog.fail(error)).finally(() => {
      dialog.element.removeAttribute('aria-busy');
      reading = undefined;
    });
  };
  dialog.body.append(el('div', { className: 'import' },
    el('div', {}, first.questions.map((q) => question(q, answer)), first.problems.length > 0 && el('ul', { className: 'remarks' },
      first.problems.map(({ message }) => el('li', {}, message)))),
    el('div', {}, el('h3', {}, say('becomes')), text)));
  show();
  dialog.act(done, async () => {
    await reading;
    await current(); // again what failed, so that no answer gets lost
    dialog.close(await finish(result));
  }, { className: 'first' });
  dialog.cancel();
  return dialog.open();
}

const makers = { sign, date: (q, answer) => line(q, answer, 'date', 'date'), title: (q, answer) => line(q, answer, 'title', 'text'), numbers: tick };

function question(q, answer) {
  const items = q.items?.length > 0 && q.question !== 'title' && el('ul', { className: 'items' }, q.items.slice(0, 12).map((item) => el('li', {}, item)));
  return makers[q.question]?.(q, answer, items) ?? el('div', { className: 'asked' }, el('p', {}, q.text), items);
}

// sign asks which finding a sign means; none leaves it as it is.
function sign(q, answer, items) {
  const name = id('sign');
  const valences = { '+': 'works', '!': 'attention', '~': 'mixed', '-': 'fails', '?': 'question' };
  const radio = (value, label, checked) => el('label', { className: `box ${valences[value] ?? ''}` }, el('input', {
    type: 'radio', name, value, checked, onchange: () => answer('signs', { [q.sign]: value }),
  }), ' ', label);
  return el('fieldset', { className: 'asked' }, el('legend', {}, q.text), items,
    el('div', { className: 'boxes' }, Object.entries(valences).map(([mark, valence]) => radio(mark, say(valence), false)), radio('', say('noFinding'), true)));
}

function line(q, answer, key, type) {
  const input = el('input', { type, value: q.value ?? '' });
  input.addEventListener('change', () => answer(key, input.value));
  return el('div', { className: 'asked' }, field(q.text, input));
}

function tick(q, answer, items) {
  const box = el('input', { type: 'checkbox', onchange: () => answer('unnumber', box.checked ? '1' : '') });
  return el('div', { className: 'asked' }, el('label', { className: 'box' }, box, ' ', q.text), items);
}
