// Puts the site where readers are, once the editor has seen what they will see change.
import { post, publish } from '../api.js';
import { Dialog } from '../dialog.js';
import { button, el } from '../dom.js';
import { about, count, say, tell } from '../words.js';

// publishing shows it; unsaved says that there are words which do not go along.
export async function publishing(unsaved) {
  const dialog = new Dialog(say('publish'));
  const how = el('p', { role: 'status' }, say('publishLooking'));
  dialog.body.append(how);
  dialog.cancel();
  const left = new AbortController();
  const answer = dialog.open(dialog.foot.firstChild).finally(() => left.abort());
  dialog.element.setAttribute('aria-busy', 'true');
  try {
    const plan = await post('publish', { dryRun: true });
    if (!left.signal.aborted) offer(dialog, how, plan, unsaved, left.signal);
  } catch (error) {
    how.remove();
    dialog.fail(error);
  }
  dialog.element.removeAttribute('aria-busy');
  return answer;
}

function offer(dialog, how, plan, unsaved, signal) {
  const pages = plan.new.length + plan.changed.length + plan.gone.length + plan.others;
  how.textContent = say('publishTo', plan.to, plan.address);
  const lists = [['publishNew', plan.new], ['publishChanged', plan.changed], ['publishGone', plan.gone]].filter(([, those]) => those.length > 0);
  const parts = lists.map(([key, those]) => el('section', { className: 'listed' }, el('h3', {}, say(key), ' ', el('span', { className: 'facts' }, String(those.length))), el('ul', {}, those.map(({ title, path }) => el('li', {}, title ? el('a', { href: about.base + path, target: '_blank' }, title) : path)))));
  if (plan.others > 0) parts.push(el('p', {}, count('publishOthers', plan.others)));
  if (plan.send + plan.remove === 0) parts.push(el('p', {}, say('publishNothing')));
  else if (pages === 0) parts.push(el('p', {}, count('publishFiles', plan.send + plan.remove)));
  if (unsaved) parts.push(el('p', { className: 'note' }, say('publishUnsaved')));
  dialog.body.append(...parts);
  if (plan.send + plan.remove === 0) return;
  const bar = el('progress', { max: plan.send + plan.remove, value: 0, 'aria-label': say('publish') });
  const go = button(say('publish'), async () => {
    dialog.said.textContent = '';
    go.disabled = true;
    dialog.element.setAttribute('aria-busy', 'true');
    for (const part of parts) part.remove();
    dialog.body.append(bar);
    try {
      const done = await publish((n, of) => {
        bar.max = of;
        bar.value = n;
        how.textContent = say('publishing', n, of);
      }, signal).catch((error) => { throw error instanceof TypeError ? new Error(say('publishBroken')) : error; });
      if (!done) throw new Error(say('publishBroken'));
      const said = count('isPublished', done.send);
      how.textContent = said;
      tell(said);
      dialog.foot.replaceChildren(
        el('a', { className: 'button first', href: done.address, target: '_blank', rel: 'noopener' }, say('toSite')), button(say('close'), () => dialog.close()));
      dialog.foot.firstChild.focus();
    } catch (error) {
      if (signal.aborted) return;
      how.textContent = say('publishTo', plan.to, plan.address);
      dialog.fail(error);
      go.disabled = about.readOnly;
      go.focus();
    }
    bar.remove();
    dialog.element.removeAttribute('aria-busy');
  }, { className: 'first' });
  dialog.foot.prepend(go);
  go.focus();
}
