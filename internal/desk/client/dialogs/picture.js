// Chooses a picture of the publication, or brings one, and asks what it shows.
import { get, post, thumbnail } from '../api.js';
import { Dialog, field } from '../dialog.js';
import { el, id, later } from '../dom.js';
import { say } from '../words.js';

const most = 60; // pictures shown at once

// picture asks for one for the text at beside; file is one that was brought already. Bare leaves what it shows to the form. It gives {src, alt,
// caption}.
export async function picture({ beside, src = '', file, bare = false, any = false }) {
  const dialog = new Dialog(say(any ? 'file' : 'picture'), { wide: true });
  let bring = file;
  let chosen = src;
  const shows = el('img', { className: 'shows', alt: '', hidden: true });
  const upload = el('input', { type: 'file', accept: any ? '' : 'image/jpeg,image/png,image/gif,image/webp,image/svg+xml,.heic' });
  const filter = el('input', { type: 'search', spellcheck: false });
  const grid = el('div', { className: 'pictures', role: 'radiogroup', 'aria-label': say('picturesThere') });
  const alt = el('textarea', { rows: 2 });
  const decoration = el('input', { type: 'checkbox' });
  const caption = el('input', { type: 'text' });
  const show = (address) => {
    shows.src = address;
    shows.hidden = false;
  };
  const take = (given) => {
    bring = given;
    chosen = '';
    for (const radio of grid.querySelectorAll('input:checked')) radio.checked = false;
    if (given.type.startsWith('image/')) show(URL.createObjectURL(given));
  };
  upload.addEventListener('change', () => upload.files[0] && take(upload.files[0]));
  dialog.element.addEventListener('dragover', (event) => event.preventDefault());
  dialog.element.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });
  decoration.addEventListener('change', () => { alt.disabled = decoration.checked; });
  const there = el('details', { className: 'there', open: !file }, el('summary', {}, say('picturesThere')), field(say('filter'), filter), grid);
  const list = (await get('media').catch(() => [])).filter(({ picture: isPicture }) => any || isPicture);
  const name = id('picture');
  const fill = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    grid.replaceChildren(...list.filter(({ path }) => words.every((w) => path.toLowerCase().includes(w))).slice(0, most).map((p) => {
      const radio = el('input', { type: 'radio', name, value: p.path, checked: p.path === chosen });
      radio.addEventListener('change', () => {
        bring = undefined;
        chosen = p.path;
        show(thumbnail(p.path));
      });
      return el('label', {}, radio, el('img', { src: thumbnail(p.path), alt: '', loading: 'lazy' }), el('span', {}, p.path));
    }));
  };
  filter.addEventListener('input', later(fill, 80));
  fill();
  there.hidden = list.length === 0;
  dialog.body.append(el('div', { className: 'picture-choice' }, el('div', {}, field(say('bringPicture'), upload, say('bringHelp')), there),
    el('div', {}, shows, !bare && [
      field(say('alt'), alt, say('altHelp')),
      el('label', { className: 'box' }, decoration, ' ', say('decoration')),
      field(say('caption'), caption),
    ])));
  if (file) take(file);
  dialog.act(say('insert'), async () => {
    if (!bring && !chosen) throw new Error(say('noPicture'));
    if (!bare && !decoration.checked && !alt.value.trim()) {
      alt.setAttribute('aria-invalid', 'true');
      alt.focus();
      throw new Error(say('noAlt'));
    }
    const words = { alt: decoration.checked ? '-' : alt.value.trim().replace(/\s+/g, ' '), caption: caption.value.trim() };
    if (!bring) return dialog.close({ src: relative(beside, chosen), ...words });
    const { src: brought } = await bringIt(beside, bring);
    return dialog.close({ src: brought, ...words });
  }, { className: 'first' });
  dialog.cancel();
  return dialog.open(file && !bare ? alt : undefined);
}

function bringIt(beside, file) {
  const form = new FormData();
  form.append('file', file, file.name);
  return post(`pictures?beside=${encodeURIComponent(beside)}`, form);
}

// relative gives the path of a file as it stands in the text at beside: media/ is found from anywhere.
function relative(beside, path) {
  if (path.startsWith('media/')) return path;
  const from = beside.split('/').slice(0, -1);
  const to = path.split('/');
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return [...from.map(() => '..'), ...to].join('/');
}

// resolve gives the path in the publication of what a text at beside calls src.
export function resolve(beside, src) {
  if (src.startsWith('media/')) return src;
  const out = beside.split('/').slice(0, -1);
  for (const part of src.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '.') out.push(part);
  }
  return out.join('/');
}
