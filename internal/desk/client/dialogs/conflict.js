// Two versions of a text side by side: what is on the disk and what is here, or what others committed and what this editor did.
import { EditorState, EditorView, MergeView, highlightSpecialChars } from '../codemirror.js';
import { Dialog } from '../dialog.js';
import { el } from '../dom.js';
import { nonced, separator } from '../editor.js';
import { phrases } from '../phrases.js';
import { say } from '../words.js';

// conflict gives the text that the editor makes of the two, or undefined if that is left for later. Path is that of a text of which both are committed.
export function conflict(theirs, mine, path) {
  const [title, describe, other, take] = path === undefined
    ? [say('conflict'), say('conflictAbout'), say('onDisk'), say('takeTheirs')]
    : [say('bothChanged', path), say('bothChangedAbout'), say('ofOther'), say('takeOther')];
  const dialog = new Dialog(title, { wide: true, describe });
  const common = (label) => [
    nonced, EditorView.lineWrapping, highlightSpecialChars(), EditorState.phrases.of(phrases()), EditorState.lineSeparator.of(separator(mine)),
    EditorView.contentAttributes.of({ 'aria-label': label }),
  ];
  // The view hears the mouse alone; what was taken has no button any more, and the next one gets the focus.
  const pressed = ({ currentTarget, detail }) => {
    if (detail > 0) return;
    currentTarget.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
    (place.querySelector('.take') ?? dialog.foot.firstChild).focus();
  };
  const place = el('div', { className: 'merge' });
  dialog.body.append(el('div', { className: 'merge-heads', 'aria-hidden': 'true' }, el('p', {}, other), el('p', {}, say('here'))), place);
  const merge = new MergeView({
    a: { doc: theirs, extensions: [common(other), EditorState.readOnly.of(true)] },
    b: { doc: mine, extensions: common(say('here')) },
    parent: place, revertControls: 'a-to-b', collapseUnchanged: { margin: 3, minSize: 6 },
    renderRevertControl: () => el('button', { type: 'button', className: 'take', 'aria-label': say('takeThis'), title: say('takeThis'), onclick: pressed }, '→'),
  });
  dialog.foot.append(
    el('button', { type: 'button', className: 'first', onclick: () => dialog.close(merge.b.state.sliceDoc()) }, say('saveMixture')),
    el('button', { type: 'button', onclick: () => dialog.close(mine) }, say('takeMine')),
    el('button', { type: 'button', onclick: () => dialog.close(theirs) }, take),
  );
  dialog.cancel();
  const answer = dialog.open(dialog.element.querySelector('h2'));
  answer.then(() => merge.destroy());
  return answer;
}
