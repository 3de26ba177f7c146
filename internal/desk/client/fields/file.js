// The path of a file, or of a picture, which can be chosen or brought.
import { thumbnail } from '../api.js';
import { button, el } from '../dom.js';
import { say } from '../words.js';
import { labelled } from './label.js';

export function file(field, change, others) {
  const control = el('input', { type: 'text', value: field.value ?? '', spellcheck: false });
  const picture = field.type === 'picture' && el('img', { className: 'thumbnail', alt: '', hidden: true, onerror: () => { picture.hidden = true; } });
  const look = () => {
    if (!picture) return;
    picture.hidden = !control.value;
    if (control.value) picture.src = thumbnail(others.resolve(control.value));
  };
  control.addEventListener('input', () => {
    look();
    change(control.value || null);
  });
  const choose = button(say('choose'), async () => {
    const got = await others.picture({ src: control.value, bare: true, any: field.type === 'file' });
    if (!got) return;
    control.value = got.src;
    look();
    change(got.src);
  }, { 'aria-label': `${say('choose')}: ${field.label}` });
  look();
  const show = (value) => {
    control.value = value ?? '';
    look();
  };
  return { element: labelled(field, control, el('div', { className: 'beside' }, picture, choose)), show };
}
