// What differs between two texts, by words, as one text: what went is <del>, what came is <ins>, each said to who cannot see it.
import { el, unseen } from './dom.js';
import { say } from './words.js';

// The longest middle that is compared word by word, in pairs of words; a larger one is shown as gone and come.
const most = 4_000_000;

// differences gives the elements for the old text with what became of it.
export function differences(before, after) {
  const a = parts(before);
  const b = parts(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const runs = [];
  add(runs, 'same', a.slice(0, start));
  middle(runs, a.slice(start, a.length - end), b.slice(start, b.length - end));
  add(runs, 'same', a.slice(a.length - end));
  return runs.map(([kind, words]) => {
    const text = words.join('');
    if (kind === 'same') return document.createTextNode(text);
    return el(kind, {}, unseen(`${say(kind === 'del' ? 'wasHere' : 'isNew')} `), text);
  });
}

const parts = (text) => text.replace(/\r\n?/g, '\n').match(/\n|[^\S\n]+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];

function add(runs, kind, words) {
  if (words.length === 0) return;
  if (runs.at(-1)?.[0] === kind) runs.at(-1)[1].push(...words);
  else runs.push([kind, words]);
}

// middle finds the longest series of words that both have.
function middle(runs, a, b) {
  if (a.length * b.length > most || a.length === 0 || b.length === 0) {
    add(runs, 'del', a);
    add(runs, 'ins', b);
    return;
  }
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width); // of the series from two places on
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = a[i] === b[j] ? length[(i + 1) * width + j + 1] + 1 : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      add(runs, 'same', [a[i++]]);
      j++;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) add(runs, 'del', [a[i++]]);
    else add(runs, 'ins', [b[j++]]);
  }
  add(runs, 'del', a.slice(i));
  add(runs, 'ins', b.slice(j));
}
