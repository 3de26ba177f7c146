// Copies where a text stands in the files, or opens it in the editor.

// Places gives the places of blocks to the clipboard or an editor; say tells the reader what came of it.
export class Places {
  constructor({ words, editor, root }, say) {
    Object.assign(this, { words, editor, root, say });
  }

  // take does it for a place, such as content/sheets/x.md:12.
  async take(place) {
    const { words } = this;
    if (!place) return this.say(words.noPlace);
    if (this.editor) {
      location.href = this.#link(place);
      return this.say(`${words.opened} ${place}`);
    }
    try {
      await navigator.clipboard.writeText(place);
      this.say(`${words.copied} ${place}`);
    } catch { // there is no clipboard, or not for us
      this.say(`${words.copyIt} ${place}`);
    }
  }

  #link(place) {
    const [, name, line = '1'] = /^(.*?)(?::(\d+))?(?::\d+)?$/.exec(place);
    let file = /^(\/|[A-Za-z]:)/.test(name) ? name : `${this.root}/${name}`;
    if (this.editor.includes('/{file}')) file = file.replace(/^\//, '');
    file = file.split('/').map(encodeURIComponent).join('/').replace(/^([A-Za-z])%3A/, '$1:');
    return this.editor.replaceAll('{file}', () => file).replaceAll('{line}', line);
  }
}

// placeOf gives the place of the nearest block around an element.
export function placeOf(e) {
  return e?.closest?.('[data-source]')?.dataset.source;
}

// placeInView gives the place of the block that has the focus or else is the first in view.
export function placeInView() {
  const focused = placeOf(document.activeElement);
  if (focused) return focused;
  const inView = [...document.querySelectorAll('[data-source]')].find((e) => e.checkVisibility() && e.getBoundingClientRect().bottom > 0);
  return placeOf(inView);
}
