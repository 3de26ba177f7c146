// What is pasted into the text or dropped on it: pictures are brought, files and laid-out text of other programs become Markdown.
import { EditorView } from './codemirror.js';
import { tellFailure } from './dialog.js';
import { pasted } from './dialogs/import.js';
import { readable } from './dialogs/new.js';

const files = new RegExp(`(${readable.replaceAll('.', '\\.').replaceAll(',', '|')})$`, 'i');

// laidOut reports whether HTML has more than words in it, so that a paste would lose something.
export function laidOut(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return body.querySelector('h1, h2, h3, h4, h5, h6, ul, ol, table, img, a[href], b, strong, i, em, p + p, [class*=Mso], [style*="mso-list"]') !== null;
}

// pasting is the extension; picture(file) places one, and put(markdown) what was read, into the text at path(). A contribution is a text of its
// own: fresh(file) makes one.
export function pasting({ picture, put, path, fresh }) {
  const take = async (source) => {
    try {
      const got = await pasted(source, path());
      if (got) put(got);
    } catch (error) {
      tellFailure(error);
    }
  };
  const brought = (list) => {
    const [file] = [...list];
    if (!file) return false;
    if (file.type.startsWith('image/') || /\.heic$/i.test(file.name)) picture(file);
    else if (/\.zip$/i.test(file.name)) fresh(file);
    else if (files.test(file.name)) take(file);
    else return false;
    return true;
  };
  return EditorView.domEventHandlers({
    paste(event) {
      const { files: list, types } = event.clipboardData;
      const html = event.clipboardData.getData('text/html');
      if (html && laidOut(html)) { // Word puts a picture of the words beside them
        event.preventDefault();
        take(html);
        return true;
      }
      if (!types.includes('text/plain') && brought(list)) {
        event.preventDefault();
        return true;
      }
      return false;
    },
    drop(event, view) {
      if (event.dataTransfer.files.length === 0) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      if (!brought(event.dataTransfer.files)) return false;
      event.preventDefault();
      return true;
    },
  });
}
