// What will be published and what goes, and when.
import { Dialog } from '../dialog.js';
import { el } from '../dom.js';
import { link } from '../list.js';
import { about, date, say } from '../words.js';

// calendar shows it, month by month.
export function calendar(texts) {
  const dialog = new Dialog(say('calendar'));
  const names = new Map(about.kinds.map(({ name, label }) => [name, label]));
  const comes = texts.filter(({ state, date: day }) => state === 'scheduled' && day).map((t) => ({ ...t, day: t.date }));
  const goes = texts.filter(({ state, expires }) => state !== 'expired' && expires).map((t) => ({ ...t, day: t.expires, goes: true }));
  const all = months([...comes, ...goes].sort((a, b) => a.day.localeCompare(b.day))).map(([month, those]) => el('section', { className: 'listed' }, el('h3', {}, month), el('ul', {}, those.map((t) => el('li', {},
    el('time', { dateTime: t.day }, date(t.day)), ' ', link(t.path, t.title || t.path, false), ' ',
    el('span', { className: 'facts' }, [names.get(t.kind), t.goes && say('expires')].filter(Boolean).join(' · ')))))));
  dialog.body.append(...all.length > 0 ? all : [el('p', {}, say('nothingScheduled'))]);
  dialog.body.addEventListener('click', ({ target }) => target.closest('a') && dialog.close());
  dialog.foot.append(el('button', { type: 'button', onclick: () => dialog.close() }, say('close')));
  return dialog.open(dialog.body.querySelector('a') ?? dialog.foot.firstChild);
}

// months groups rows by the month of their day.
function months(rows) {
  const out = new Map();
  for (const row of rows) {
    const month = new Date(`${row.day}T12:00:00Z`).toLocaleDateString(about.language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    out.set(month, [...out.get(month) ?? [], row]);
  }
  return [...out];
}
