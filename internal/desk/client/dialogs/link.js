// A link to an address elsewhere.
import { Dialog, field } from '../dialog.js';
import { el } from '../dom.js';
import { say } from '../words.js';

// address asks for one, with the words of the link; it gives both, or undefined.
export function address(words) {
  const dialog = new Dialog(say('linkElsewhere'));
  const text = el('input', { type: 'text', value: words });
  const to = el('input', { type: 'text', inputMode: 'url', placeholder: 'https://', spellcheck: false, autocomplete: 'off' });
  dialog.body.append(field(say('linkWords'), text), field(say('address'), to, say('addressHelp')));
  const done = () => {
    let link = to.value.trim();
    if (/^[^\s@:/]+@[^\s@]+$/.test(link)) link = `mailto:${link}`;
    else if (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(link)) link = `https://${link}`;
    if (!/^(https?:\/\/|mailto:|tel:)\S/.test(link)) {
      to.focus();
      to.setAttribute('aria-invalid', 'true');
      throw new Error(say('noAddress'));
    }
    dialog.close({ text: text.value.trim() || link.replace(/^\w+:(\/\/)?/, ''), to: link });
  };
  const insert = dialog.act(say('insert'), done, { className: 'first' });
  dialog.cancel();
  dialog.body.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && (event.preventDefault(), insert.click()));
  return dialog.open(words ? to : text);
}
