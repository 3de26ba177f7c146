// Writes contributions of random texts into a folder, as the form does, each beside what was typed in JSON: node story-words.mjs FOLDER COUNT SEED.
// What is typed has a meaning in Markdown or YAML more often than not.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draft, line, lines, markdown, zip } from '../../themes/default/assets/contribution.js';

const [folder, count, seed] = process.argv.slice(2);
let state = Number(seed);
const random = (n) => { // mulberry32
  state = state + 0x6d2b79f5 | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return ((t ^ t >>> 14) >>> 0) % n;
};
const pieces = [
  'woord', 'regio', 'Tiel', 'één', 'e\u0301e\u0301n', 'naïef', '日本', 'עברית', '👍🏽', ' ', ' ', ' ', ' ', '  ', '\t', '\u00a0', '\n', '\n', '\n\n', '\r\n', '\n \n', '#', '## ', '- ', '* ', '+ ', '1. ', '1) ', '1986. ', '-', '--', '---', '***', '___', '===',
  '=', '>', '> ', '>>', '<', '<<', '<b>', '</b>', '<!--', '-->', '<script>alert(1)</script>', '<br>', '<https://example.org/>', 'https://example.org/a_b_c', 'www.example.org', 'a@example.org', '[', ']', '[+] ', '[!] ', '[?]', '[x](y)', '![x](y.png)', '[x]: y',
  '[^1]', '[^1]: noot', '[[wiki]]', '{', '}', '{#id}', '{.class}', '{topic=x}', '{lang=en}', '{{< ref >}}', '{% raw %}', '{=', ':::note', ': ', ':', '!!! tip', '!', '|', '| a | b |', '|---|', '`', '```', '~~~', '~~', '~', '^', '$', '$x$', '%%', '% ',
  '&', '&amp;', '&lt;', '&#60;', '&nbsp', '\\', '\\\\', '\\n', '\\*', '*', '**', '_', '__', '"', '\'', '\'s ', '\'t ', '“', '’', '...', '..', '…', '.', ',', ';', '@', '+', '(', ')', '((', '(c)', '/', '//', '<<<<<<< a', '>>>>>>> b', '• ', '– ', '☺ ', '⊕ ', 'o\t',
  'true', 'null', 'yes', '~', '0x1', '12:30', '---\n', '\u0000', '\u0007', '\u0085', '\u2028', '\ufeff', '\u200b', '\ud800', '\ufffe', '```chart bar "x"', '- - -', '    code', 'draft: false', 'a.md', 'x.vtt', 'kop\n===', '*[HTML]: x', '==mark==', 'H~2~O', '<Tabs>',
];
const text = (most) => Array.from({ length: 1 + random(most) }, () => pieces[random(pieces.length)]).join('');
const said = (make) => { // what must be filled in has words
  for (;;) {
    const words = make();
    if (/\p{L}/u.test(line(words))) return words;
  }
};

for (let i = 0; i < Number(count); i++) {
  const typed = {
    title: `${text(8)} woord`, lessons: said(() => text(14)), alt: said(() => text(6)), quote: said(() => text(8)), person: said(() => text(4)), transcript: said(() => text(20)),
    parts: [1, 2, 3].map(() => said(() => text(40))),
  };
  const story = draft({
    ...typed, lessons: lines(typed.lessons), date: '2021-05-01', region: 'tiel', outcome: 'worked', parts: typed.parts.map((words, n) => ({ heading: `Deel ${n}`, text: words })),
    media: [
      { type: 'testimonial', quote: line(typed.quote), person: line(typed.person) },
      { type: 'audio', link: 'https://example.org/', caption: line(typed.alt), transcript: markdown(typed.transcript) },
    ],
  });
  const bytes = await zip([{ name: 'story.md', data: story }]).arrayBuffer();
  writeFileSync(join(folder, `${i}.leerblad.zip`), new Uint8Array(bytes));
  writeFileSync(join(folder, `${i}.json`), JSON.stringify(typed));
}
