// Moves a text to another name, makes another like it, and removes it; each shows first what will change.
import { get, post } from '../api.js';
import { Dialog, field } from '../dialog.js';
import { el, later } from '../dom.js';
import { count, say } from '../words.js';

// move asks for a new name of a text, or of a finding. It gives the path that the text has now, or undefined.
export function move(reference) {
  const isFinding = reference.includes('#');
  const [within, slug] = reference.split(isFinding ? '#' : '/');
  const dialog = new Dialog(say(isFinding ? 'rename' : 'move'), { describe: say(isFinding ? 'renameAbout' : 'moveAbout') });
  const name = el('input', { type: 'text', value: slug, spellcheck: false, autocomplete: 'off', pattern: '[a-z0-9]+(-[a-z0-9]+)*' });
  const plan = el('div', { className: 'plan', 'aria-live': 'polite' });
  dialog.body.append(field(say('newName'), name, say('newNameHelp')), plan);
  const target = () => `${within}${isFinding ? '#' : '/'}${name.value.trim()}`;
  const look = later(async () => {
    const to = target();
    dialog.said.textContent = '';
    if (to === reference || !name.value.trim()) return plan.replaceChildren();
    try {
      const what = await post('move', { from: reference, to, dryRun: true });
      if (to === target()) plan.replaceChildren(...planned(what));
    } catch (error) {
      plan.replaceChildren();
      dialog.fail(error);
    }
    return undefined;
  }, 200);
  name.addEventListener('input', look);
  const done = dialog.act(say(isFinding ? 'rename.short' : 'move'), async () => {
    look.drop(); // the plan of what is done by then
    dialog.close((await post('move', { from: reference, to: target() })).path);
  }, { className: 'first' });
  dialog.cancel();
  name.addEventListener('keydown', (event) => event.key === 'Enter' && (event.preventDefault(), done.click()));
  return dialog.open(name);
}

// planned tells what a plan changes.
function planned({ edits = [], moves = [] }) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return [
    el('p', {}, files.length > 0 ? count('willChange', files.length) : say('nothingElse')),
    moves.length > 0 && el('ul', { className: 'files' }, moves.map(({ from, to }) => el('li', {}, `${from} → ${to}`))),
    files.length > 0 && el('ul', { className: 'files' }, files.map((path) => el('li', {}, path))),
  ].filter(Boolean);
}

// duplicate asks for the title of another text like it, and gives its path.
export function duplicate(path, title) {
  const dialog = new Dialog(say('duplicate'), { describe: say('duplicateAbout') });
  const name = el('input', { type: 'text', value: say('copyOf', title) });
  dialog.body.append(field(say('title'), name));
  const done = dialog.act(say('duplicate'), async () => dialog.close((await post('duplicate', { path, title: name.value.trim() })).path), { className: 'first' });
  dialog.cancel();
  name.addEventListener('keydown', (event) => event.key === 'Enter' && (event.preventDefault(), done.click()));
  const answer = dialog.open(name);
  name.select();
  return answer;
}

// remove shows what refers to a text and removes it, with what refers to it leading to another if wanted. It gives whether it is gone.
export async function remove(reference, title, find) {
  const dialog = new Dialog(say('remove'), { describe: say('removeAbout', title) });
  const refers = await get(`references?reference=${encodeURIComponent(reference)}`).catch(() => []);
  let to;
  if (refers.length > 0) {
    const chosen = el('p', {}, say('noReplacement'));
    dialog.body.append(
      el('p', {}, count('refers', refers.length)),
      el('ul', { className: 'files' }, refers.slice(0, 50).map((r) => el('li', {}, `${r.title || r.path}${r.line ? `, ${say('line', r.line)}` : ''}`))),
      el('div', { className: 'beside' }, el('button', {
        type: 'button',
        onclick: async () => {
          const found = await find({ title: say('replacement'), texts: true });
          if (!found) return;
          to = found.reference;
          chosen.textContent = say('replacedBy', found.title);
        },
      }, say('replacement')), chosen),
    );
  }
  dialog.act(say('remove'), async () => {
    await post('remove', { reference, to, force: refers.length > 0 && !to });
    dialog.close(true);
  }, { className: 'danger' });
  dialog.cancel();
  return dialog.open(dialog.foot.lastChild);
}
