// The versions of a text: what each one had otherwise than the words that are here, and bringing one back. With git also committing, getting and
// sharing.
import { get, post, version } from '../api.js';
import { Dialog, ask, field } from '../dialog.js';
import { button, el } from '../dom.js';
import { about, count, say } from '../words.js';
import { differences } from '../differences.js';
import { conflict } from './conflict.js';

// versions shows those of the open text. It gives the words of the one to bring back, or undefined.
export async function versions(text) {
  const address = `versions/${text.path.split('/').map(encodeURIComponent).join('/')}`;
  let known = await get(address);
  const dialog = new Dialog(say('versions'), { wide: true, describe: say(known.git ? 'versionsGit' : 'versionsKept') });
  const shown = el('div', { className: 'version', tabIndex: 0, role: 'region', 'aria-label': say('difference'), lang: about.language });
  let chosen;
  const back = button(say('bringBack'), () => dialog.close(chosen), { className: 'first', disabled: true });
  const choose = async (v, row) => {
    dialog.said.textContent = '';
    try {
      const old = await version(address, v.id);
      const now = text.editor.text;
      for (const other of list.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === row));
      chosen = old;
      back.disabled = about.readOnly || old === now;
      shown.replaceChildren(...old === now ? [say('sameAsNow')] : differences(old, now));
    } catch (error) {
      dialog.fail(error instanceof TypeError ? new Error(say('noUTF8')) : error);
    }
  };
  const list = el('ul', { className: 'version-list', 'aria-label': say('versions') });
  const none = el('p', {}, say('noVersions'));
  const fill = () => {
    list.replaceChildren(...known.versions.map((v) => {
      const words = [when(v.when, known.git), v.who, v.what].filter(Boolean);
      const row = button(words.join(' · '), () => choose(v, row), { 'aria-pressed': 'false' });
      return el('li', {}, row);
    }));
    list.hidden = known.versions.length === 0;
    none.hidden = !list.hidden;
    shown.replaceChildren();
    back.disabled = true;
  };
  fill();
  dialog.body.append(known.problem ? el('p', { className: 'note' }, known.problem) : '', list, none, shown);
  dialog.foot.append(back);
  if (known.git && !about.readOnly) {
    dialog.body.append(sharing(dialog, text, known.changed, async () => {
      await text.refresh();
      known = await get(address);
      fill();
      return known.changed;
    }));
  }
  dialog.foot.append(button(say('close'), () => dialog.close()));
  return dialog.open(list.querySelector('button'));
}

function when(at, git) {
  const words = new Date(at).toLocaleString(about.language, { dateStyle: 'long', timeStyle: 'short' });
  return git ? words : say('until', words);
}

// sharing are the buttons for git; renew gives what has changed after each.
function sharing(dialog, text, changed, renew) {
  const sentence = el('input', { type: 'text', maxLength: 500 });
  const told = el('p', { className: 'told', role: 'status' });
  const toSay = el('div');
  const show = () => {
    const { size } = new Set(text.dirty ? [...changed, text.path] : changed);
    toSay.replaceChildren(field(say('commitMessage'), sentence, count('willCommit', size)));
    toSay.hidden = size === 0;
    commit.hidden = size === 0;
  };
  const doing = async (act) => {
    if (dialog.element.hasAttribute('aria-busy')) return;
    dialog.said.textContent = '';
    told.textContent = '';
    dialog.element.setAttribute('aria-busy', 'true');
    try {
      const done = await act();
      if (done) {
        changed = await renew();
        told.textContent = done;
      }
      show();
      if (commit.hidden) share.focus();
    } catch (error) {
      dialog.fail(error);
    } finally {
      dialog.element.removeAttribute('aria-busy');
    }
  };
  const commit = button(say('commit'), () => doing(async () => {
    const message = sentence.value.trim();
    if (message === '') throw new Error(say('noSentence'));
    if (!await settled(text)) return undefined;
    const { paths } = await post('commit', { message });
    sentence.value = '';
    return count('committed', paths.length);
  }));
  const share = button(say('share'), () => doing(async () => {
    await post('share', {});
    return say('isShared');
  }));
  const getting = button(say('get'), () => doing(async () => say(await solved() ? 'got' : 'notGot')));
  show();
  return el('div', { className: 'git' }, toSay, el('div', { className: 'beside' }, commit, getting, share), told);
}

// settled asks what to do with words that are not saved, here or in another window; it gives whether to commit now.
async function settled(text) {
  const { changed, unsaved } = await get('versions');
  const others = unsaved.filter((path) => path !== text.path || !text.dirty);
  if (!text.dirty && others.length === 0) return true;
  const words = [text.dirty && say('leaving'), others.length > 0 && say('unsavedElsewhere', others.join(', ')), say('commitsSaved')].filter(Boolean);
  const answer = await ask(say('unsaved'), words.join(' '), [
    ...text.dirty ? [['save', say('saveFirst')]] : [], ...changed.length > 0 ? [['without', say('commitWithout')]] : [],
  ]);
  return answer === 'save' ? text.save() : answer === 'without';
}

// solved gets what others changed; it asks about each conflict, until there is none or the editor leaves it for later.
async function solved() {
  const known = [];
  for (;;) {
    const { conflicts } = await post('get', { solved: known });
    if (conflicts.length === 0) return true;
    for (const { path, theirs, mine } of conflicts) {
      const text = await conflict(theirs, mine, path);
      if (text === undefined) return false;
      known.push({ path, theirs, mine, text });
    }
  }
}
