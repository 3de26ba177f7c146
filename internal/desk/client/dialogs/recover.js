// Offers the unsaved words of texts that no page has open: a browser that was closed or killed left them.
import { Dialog } from '../dialog.js';
import { button, el } from '../dom.js';
import { drop, left } from '../keep.js';
import { say } from '../words.js';

// recover asks which to take up again; take(path) opens one with them.
export async function recover(titleOf, take) {
  const paths = await left().catch(() => []);
  if (paths.length === 0) return;
  const dialog = new Dialog(say('unsavedWords'), { describe: say('unsavedAbout') });
  const list = el('ul', { className: 'left' });
  const gone = (row) => {
    row.remove();
    if (!list.hasChildNodes()) dialog.close();
    else list.querySelector('button').focus();
  };
  list.append(...paths.map((path) => {
    const row = el('li', {}, el('span', {}, titleOf(path)),
      button(say('recover'), () => dialog.close(path), { className: 'first', 'aria-label': `${say('recover')}: ${titleOf(path)}` }),
      button(say('throwAway'), async () => {
        await drop(path);
        gone(row);
      }, { 'aria-label': `${say('throwAway')}: ${titleOf(path)}` }));
    return row;
  }));
  dialog.body.append(list);
  dialog.foot.append(button(say('later'), () => dialog.close()));
  const path = await dialog.open(list.querySelector('button'));
  if (path) await take(path);
}
