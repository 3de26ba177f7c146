// The versions of a text: what each one had otherwise than the words that are here, and bringing one back. With git also committing, getting and
// sharing.
import { get, post, version } from '../api.js';
import { Dialog, field } from '../dialog.js';
import { button, el } from '../dom.js';
import { about, count, say, tell } from '../words.js';
import { differences } from '../differences.js';
import { conflict } from './conflict.js';

// versions shows those of the text at path, which is now text. It gives the words of the one to bring back, or undefined.
export async function versions(path, text) {
  const address = `versions/${path.split('/').map(encodeURIComponent).join('/')}`;
  const known = await get(address);
  const dialog = new Dialog(say('versions'), { wide: true, describe: say(known.git ? 'versionsGit' : 'versionsKept') });
  const shown = el('div', { className: 'version', tabIndex: 0, role: 'region', 'aria-label': say('difference'), lang: about.language });
  let chosen;
  const back = button(say('bringBack'), () => dialog.close(chosen), { className: 'first', disabled: true });
  const choose = async (v, row) => {
    dialog.said.textContent = '';
    try {
      const old = await version(address, v.id);
      for (const other of list.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === row));
      chosen = old;
      back.disabled = about.readOnly || old === text;
      shown.replaceChildren(...old === text ? [say('sameAsNow')] : differences(old, text));
    } catch (error) {
      dialog.fail(error instanceof TypeError ? new Error(say('noUTF8')) : error);
    }
  };
  const list = el('ul', { className: 'version-list', 'aria-label': say('versions') }, known.versions.map((v) => {
    const words = [when(v.when, known.git), v.who, v.what].filter(Boolean);
    const row = button(words.join(' · '), () => choose(v, row), { 'aria-pressed': 'false' });
    return el('li', {}, row);
  }));
  dialog.body.append(known.problem ? el('p', { className: 'note' }, known.problem) : '', known.versions.length > 0 ? list : el('p', {}, say('noVersions')), shown);
  dialog.foot.append(back);
  if (known.git && !about.readOnly) dialog.body.append(shared(dialog, known.changed));
  dialog.cancel();
  return dialog.open(list.querySelector('button'));
}

function when(at, git) {
  const words = new Date(at).toLocaleString(about.language, { dateStyle: 'long', timeStyle: 'short' });
  return git ? words : say('until', words);
}

// shared are the buttons for git.
function shared(dialog, changed) {
  const sentence = el('input', { type: 'text', maxLength: 500 });
  const doing = async (act) => {
    dialog.said.textContent = '';
    dialog.element.setAttribute('aria-busy', 'true');
    try {
      const done = await act();
      if (!done) return;
      dialog.close();
      tell(done);
    } catch (error) {
      dialog.fail(error);
    } finally {
      dialog.element.removeAttribute('aria-busy');
    }
  };
  return el('div', { className: 'git' },
    changed.length > 0 && field(say('commitMessage'), sentence, count('willCommit', changed.length)),
    el('div', { className: 'beside' },
      changed.length > 0 && button(say('commit'), () => doing(async () => count('committed', (await post('commit', { message: sentence.value })).paths.length))),
      button(say('get'), () => doing(async () => (await solved() ? say('got') : undefined))),
      button(say('share'), () => doing(async () => {
        await post('share', {});
        return say('isShared');
      }))));
}

// solved gets what others changed; it asks about each conflict, until there is none or the editor leaves it for later.
async function solved() {
  const known = [];
  for (;;) {
    const { conflicts } = await post('get', { solved: known });
    if (conflicts.length === 0) return true;
    for (const { path, theirs, mine } of conflicts) {
      const text = await conflict(theirs, mine);
      if (text === undefined) return false;
      known.push({ path, theirs, mine, text });
    }
  }
}
