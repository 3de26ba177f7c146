// The editor's desk: joins the list of texts, the form, the text, its page and its problems.
import { Diagnostics } from './diagnostics.js';
import { tellFailure } from './dialog.js';
import { actions } from './actions.js';
import { stop } from './api.js';
import { el, later } from './dom.js';
import { Editor } from './editor.js';
import { Form } from './form.js';
import { finder } from './dialogs/find.js';
import { recover } from './dialogs/recover.js';
import { picture, resolve } from './dialogs/picture.js';
import { inserting } from './insert.js';
import { List } from './list.js';
import { Server } from './lsp.js';
import { body, hasMatter, isFolded, isShown, toggle } from './matter.js';
import { Preview } from './preview.js';
import { Problems } from './problems.js';
import { Text } from './text.js';
import { keys, toolbar } from './toolbar.js';
import { views } from './views.js';
import { about, say } from './words.js';

const $ = (id) => document.getElementById(id);

const diagnostics = new Diagnostics(showProblems);
const server = new Server([], {
  'textDocument/publishDiagnostics': (params) => diagnostics.published(params),
  'leerblad/built': () => refresh(),
  'window/showMessage': ({ message }) => tellFailure(new Error(message)),
});
const find = (options) => finder((query, kinds) => search(query, { kinds, max: 30, ...options.texts && { texts: true } }), options);

async function search(query, { kinds = [], ...options } = {}) {
  if (about.readOnly) return list.titled(query);
  const findings = kinds.includes('finding');
  const found = await server.ask('leerblad/find', {
    query, kinds: kinds.filter((kind) => kind !== 'finding'), ...kinds.length > 0 && { texts: true, findings }, ...options,
  });
  return found ?? [];
}

const inserts = { ...inserting({ view: () => editor.view, path: () => text.path, find, fresh: (file) => act.new(file) }), rename: () => act.rename() };
const editor = new Editor($('editor'), server, {
  changed: () => {
    text.changed();
    sync();
  },
  moved: () => {
    preview.follow(editor.line);
    toggleMatter();
  },
  extra: about.readOnly ? [] : [keys(inserts), inserts.pasting],
});
diagnostics.bind(editor, server);

const form = new Form($('fields'), {
  set: (key, value) => set(key, value),
  find,
  picture: (options) => picture({ beside: text.path, ...options }),
  resolve: (src) => resolve(text.path, src),
});
const text = new Text(editor, { state: showState, flush: () => form.flush(), opened, written: (path) => {
  server.client.notification('textDocument/didSave', { textDocument: { uri: `leerblad:///${path}` } });
  list.load();
} });
const preview = new Preview({ frame: $('preview'), note: $('no-page'), open: $('open-page') }, (line) => {
  if ($('tabs').checkVisibility()) show('write');
  editor.goLine(line);
});
const problems = new Problems({ list: $('problems'), others: $('other-problems'), summary: $('problem-count') }, go);
const list = new List({ list: $('texts'), field: $('find'), status: $('find-status') }, {
  find: (query) => search(query, { max: 40 }),
  loaded: (texts) => {
    problems.showOthers(texts, about.readOnly ? undefined : text.path);
    text.refresh(list.of(text.path)?.digest && `"${list.of(text.path).digest}"`);
    showHead();
  },
});
const { show } = views();
const act = actions({ text, list, find, open });

// sync sends what was typed at once, so that the page shows it. A page that takes the browser long to change is shown less often, for keys wait
// meanwhile; what is typed until then goes along.
const quick = 100; // milliseconds
let sending = 0;
function sync() {
  form.later();
  if (sending) return;
  if (preview.cost < quick) return void queueMicrotask(() => server.sync()); // when CodeMirror has taken the change
  sending = setTimeout(() => {
    sending = 0;
    server.sync();
  }, Math.min(preview.cost, 400));
}

// set has the server say how a key gets another value in the text as it is now, and does it.
let setting = Promise.resolve();
function set(key, value) {
  const { path } = text;
  setting = setting.catch(() => {}).then(async () => {
    for (let tries = 0; tries < 5 && text.path === path; tries++) {
      const { doc } = editor;
      server.sync();
      const { edits } = await server.about('leerblad/set', path, { key, value });
      if (editor.doc !== doc) continue; // somebody typed meanwhile
      if (edits.length > 0) editor.apply(edits);
      return;
    }
  });
  return setting;
}

async function loadForm() {
  const { path } = text;
  if (path === undefined || !server.connected || !editor.synced) return;
  const { doc } = editor;
  const now = await server.about('leerblad/form', path).catch(() => undefined);
  if (!now || text.path !== path || editor.doc !== doc) return;
  form.show(now);
  $('data').hidden = now.fields.length === 0;
  showProblems(diagnostics.list);
}
form.later = later(loadForm, 250);

function showProblems(all) {
  if (about.readOnly) return; // the server tells nothing of them here
  const lineOf = (at) => editor.doc.lineAt(Math.min(at, editor.doc.length)).number;
  problems.show(all, lineOf);
  const byKey = new Map();
  for (const d of all) {
    const key = keyAt(d.from);
    if (key) byKey.set(key, [...byKey.get(key) ?? [], d]);
  }
  form.tell(byKey);
}

// keyAt gives the key of front matter, or of settings, that a place belongs to.
function keyAt(at) {
  const { state } = editor.view;
  if (!text.path || !text.path.endsWith('.yaml') && !isFolded(state, at) && !isShown(state)) return undefined;
  for (let line = state.doc.lineAt(Math.min(at, state.doc.length)); ; line = state.doc.line(line.number - 1)) {
    const [, key] = /^([\w-]+)\s*:/.exec(line.text) ?? [];
    if (key || line.number === 1) return key;
  }
}

function go(problem) {
  show('write');
  const key = isFolded(editor.view.state, problem.from) && keyAt(problem.from);
  if (key && form.focus(key)) return;
  editor.go(problem.from, problem.to);
}

async function open(address, options = {}) {
  const [, path, line] = /^(.*?)(?::(\d+))?$/.exec(address);
  if (path === text.path) {
    if (line) editor.goLine(Number(line));
    return;
  }
  if (!await text.open(path, options)) return setAddress(text.path);
  setAddress(path);
  if (line) editor.goLine(Number(line));
  else if (!options.keep) $('title').focus();
}

function setAddress(path) {
  const wanted = path === undefined ? location.pathname : `#${path.split('/').map(encodeURIComponent).join('/')}`;
  if (location.hash !== wanted) history.replaceState(null, '', wanted);
}

function opened(path) {
  diagnostics.clear();
  form.clear();
  document.body.classList.toggle('has-text', path !== undefined);
  list.mark(path);
  problems.showOthers(list.texts, about.readOnly ? undefined : path);
  if (path !== undefined) show('write');
  showHead();
  loadForm();
  loadPage();
  toggleMatter();
}

function showHead() {
  const entry = list.of(text.path);
  $('title').textContent = entry?.title || (text.path === 'site.yaml' ? say('settings') : text.path) || say('noText');
  $('path').textContent = text.path ?? '';
  const chip = $('publication-state');
  chip.hidden = !entry?.state || entry.state === 'published';
  chip.className = `chip ${entry?.state}`;
  if (!chip.hidden) chip.textContent = say(entry.state);
  $('as-mail').hidden = entry?.kind !== 'newsletters';
  if (!$('as-mail').hidden) $('as-mail').href = `/_leerblad/newsletters/${entry.reference.split('/')[1]}/`;
  for (const id of ['move', 'remove', 'duplicate']) $(id).hidden = !entry?.reference || about.readOnly;
  $('versions').hidden = text.path === undefined || about.readOnly;
  document.title = `${text.dirty ? '• ' : ''}${entry?.title ?? text.path ?? about.title} – leerblad`;
}

function showState() {
  const { dirty } = text;
  $('saved').textContent = text.path === undefined || about.readOnly ? '' : say(dirty ? 'unsaved' : 'saved');
  $('saved').classList.toggle('dirty', dirty);
  $('save').disabled = !dirty;
  $('save').hidden = about.readOnly;
  $('unsaved-page').hidden = !dirty || $('preview').hidden;
  showHead();
}

async function loadPage() {
  const { path } = text;
  if (path === undefined) return preview.show(undefined, '');
  const known = list.of(path)?.page ?? '';
  const { page } = server.connected ? await server.about('leerblad/page', path).catch(() => ({ page: known })) : { page: known };
  if (text.path !== path) return undefined;
  preview.show(path, page, list.texts.some(({ errors }) => errors > 0));
  $('unsaved-page').hidden = !text.dirty || !page;
  return preview.follow(editor.line);
}

const refresh = later(() => {
  list.load().catch(() => {});
  loadForm();
  loadPage();
}, 150);

function toggleMatter() {
  const { state } = editor.view;
  $('as-text').hidden = text.path === undefined || !hasMatter(state);
  $('as-text').setAttribute('aria-pressed', String(isShown(state)));
}

$('as-text').addEventListener('click', () => {
  const show = !isShown(editor.view.state);
  editor.view.dispatch({ effects: toggle.of(show), selection: { anchor: show ? 0 : body(editor.view.state) }, scrollIntoView: true });
});
if (about.readOnly) {
  for (const id of ['data', 'tools']) $(id).hidden = true;
} else $('tools').replaceWith(toolbar(() => editor.view, inserts));
for (const [id, run] of Object.entries(act)) $(id)?.addEventListener('click', () => run());
$('stop')?.addEventListener('click', async () => {
  if (!await text.leave()) return;
  await stop();
  server.close();
  document.body.replaceChildren(el('main', { className: 'stopped' }, el('p', { role: 'status' }, say('stopped'))));
});
addEventListener('hashchange', () => {
  const path = decodeURIComponent(location.hash.slice(1));
  if (path) open(path);
});
addEventListener('beforeunload', (event) => {
  if (text.dirty) event.preventDefault();
});
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
    event.preventDefault();
    text.save();
  }
});
$('part-texts').addEventListener('drop', (event) => {
  const [file] = event.dataTransfer.files;
  if (!file || about.readOnly) return;
  event.preventDefault();
  act.new(file);
});
for (const name of ['dragover', 'drop']) { // a file that misses its place must not take the place of the page
  addEventListener(name, (event) => event.dataTransfer?.types.includes('Files') && !event.defaultPrevented && event.preventDefault());
}
server.addEventListener('connected', () => {
  $('lost').hidden = true;
  refresh();
});
server.addEventListener('lost', () => { $('lost').hidden = false; });

showState();
try {
  await list.load();
} catch (error) {
  tellFailure(error);
}
if (!about.readOnly) await recover((path) => list.of(path)?.title || path, (path) => open(path, { recover: true }));
if (text.path === undefined && location.hash.length > 1) await open(decodeURIComponent(location.hash.slice(1)), { keep: true });
