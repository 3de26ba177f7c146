// What is put into the text after a question: links, pictures, and what is pasted.
import { address } from './dialogs/link.js';
import { picture } from './dialogs/picture.js';
import { pasting } from './paste.js';
import { block, inline } from './toolbar.js';
import { say } from './words.js';

// inserting gives the commands by their names.
export function inserting({ view, path, find, fresh }) {
  const selected = () => {
    const { state } = view();
    return state.sliceDoc(state.selection.main.from, state.selection.main.to);
  };
  const place = async (file) => {
    const got = await picture({ beside: path(), file });
    if (!got) return view().focus();
    const title = got.caption && ` "${got.caption.replace(/["\\]/g, '\\$&')}"`;
    block(view(), `![${escaped(got.alt)}](${target(got.src)}${title})`);
    return view().focus();
  };
  return {
    link: async () => {
      const words = selected();
      const found = await find({ title: say('linkText') });
      if (found) inline(view(), `[${words || escaped(found.title)}](${target(link(path(), found))})`);
      view().focus();
    },
    address: async () => {
      const got = await address(selected());
      if (got) inline(view(), `[${got.text}](${target(got.to)})`);
      view().focus();
    },
    picture: () => place(),
    pasting: pasting({
      picture: place, path, fresh,
      put: (markdown) => {
        const words = markdown.trim();
        if (words.includes('\n')) block(view(), words);
        else inline(view(), words);
        view().focus();
      },
    }),
  };
}

const escaped = (words) => words.replace(/[[\]\\*_`]/g, '\\$&');
const target = (to) => (/[\s()<>]/.test(to) ? `<${to.replace(/[<>]/g, encodeURIComponent)}>` : to);

// link gives the path of a text or finding from the text at from.
function link(from, { path, reference }) {
  const fragment = reference.includes('#') ? reference.slice(reference.indexOf('#')) : '';
  const here = from.split('/').slice(0, -1);
  const to = path.split('/');
  if (path === from) return fragment || to.at(-1);
  while (here.length > 0 && here[0] === to[0]) {
    here.shift();
    to.shift();
  }
  return [...here.map(() => '..'), ...to].join('/') + fragment;
}
