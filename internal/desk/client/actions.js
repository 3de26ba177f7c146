// What the buttons of the page do with whole texts.
import { tellFailure } from './dialog.js';
import { calendar } from './dialogs/calendar.js';
import { duplicate, move, remove } from './dialogs/move.js';
import { create } from './dialogs/new.js';
import { publishing } from './dialogs/publish.js';
import { versions } from './dialogs/versions.js';
import { tell, say } from './words.js';

// actions gives them by the names of their buttons.
export function actions({ text, list, find, open }) {
  // What follows begins with what is on the disk.
  const settled = async () => text.path !== undefined && await text.leave();
  const reopen = async (path) => {
    await open(path); // at once: what was open may be there no more
    await list.load();
  };
  return {
    new: async (file) => {
      const path = await create(file);
      if (path) await reopen(path);
    },
    save: () => text.save(),
    move: async () => {
      if (!await settled()) return;
      const path = await move(list.of(text.path).reference);
      if (!path) return;
      await reopen(path);
      tell(say('movedTo', path));
    },
    rename: async () => {
      const { state } = text.editor.view;
      const [, id] = /\{#([^\s}]+)/.exec(state.doc.lineAt(state.selection.main.head).text) ?? [];
      if (!id) return tellFailure(new Error(say('noNamedFinding')));
      if (await settled() && await move(`${list.of(text.path).reference}#${id}`)) {
        await list.load(); // and with it the open text
        tell(say('renamed'));
      }
      return text.editor.view.focus();
    },
    duplicate: async () => {
      if (!await settled()) return;
      const path = await duplicate(text.path, list.of(text.path).title);
      if (path) await reopen(path);
    },
    remove: async () => {
      const { reference, title } = list.of(text.path);
      if (!await remove(reference, title, find)) return;
      await text.discard();
      text.close();
      await list.load();
      tell(say('removed', title));
      document.getElementById('find').focus();
    },
    versions: async () => {
      const { path } = text;
      await text.flush();
      let old;
      try {
        old = await versions(text);
      } catch (error) {
        return tellFailure(error);
      }
      await list.load(); // and with it what came from others
      if (old === undefined || text.path !== path) return undefined;
      text.editor.replace(old);
      tell(say('broughtBack'));
      return text.editor.view.focus();
    },
    calendar: async () => { await calendar(list.texts); },
    publish: async () => {
      await text.flush();
      await publishing(text.dirty);
    },
    settings: () => open('site.yaml'),
  };
}
