// Keeps what is being read where it is on the screen, and shows what changed.

const room = 96; // pixels at the edges, for a header that stays and for the preview's bar

// steady lets the browser move nothing by itself while a patch is being applied.
const steady = new CSSStyleSheet();
steady.replaceSync('html { overflow-anchor: none; }');

// hold remembers what is in view and gives a function that puts it back there.
export function hold() {
  const before = [];
  if (scrollY > 0) {
    for (let y = 8; y < innerHeight; y += 40) {
      const e = document.elementFromPoint(innerWidth / 2, y);
      const top = e?.getBoundingClientRect().top;
      if (top >= 0) before.push([e, top]);
    }
  }
  document.adoptedStyleSheets.push(steady);
  return () => {
    const [anchor, top] = before.find(([e]) => e.isConnected && !fixed(e)) ?? [];
    const by = anchor ? anchor.getBoundingClientRect().top - top : 0;
    if (by !== 0) scrollBy({ top: by, behavior: 'instant' });
    requestAnimationFrame(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== steady);
    });
  };
}

function fixed(e) {
  for (; e; e = e.parentElement) if (/fixed|sticky/.test(getComputedStyle(e).position)) return true;
  return false;
}

// show marks the blocks that the touched nodes are in, and brings the first of them into view unless the reader is
// busy in the page.
export function show(touched) {
  const blocks = [...new Set(touched.map(block).filter((e) => e?.checkVisibility()))];
  const order = (e) => (e.closest('[data-source]') ? 0 : e.closest('main') ? 1 : 2);
  blocks.sort((a, b) => order(a) - order(b) || (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  for (const e of blocks.slice(0, 20)) mark(e);
  if (blocks.length === 0 || busy()) return;
  const { top, bottom } = blocks[0].getBoundingClientRect();
  if (bottom > 0 && top < innerHeight) return;
  const by = bottom <= 0 ? top - room : Math.min(bottom - innerHeight + room, top - room);
  scrollBy({ top: by, behavior: 'instant' });
}

// block gives the element with a source that a node is in, or else the nearest that is a block of the page.
function block(node) {
  if (!node.isConnected || node.nodeType === Node.COMMENT_NODE || (node.nodeType === Node.TEXT_NODE && !node.data.trim())) return null;
  let e = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  if (!document.body.contains(e) || e === document.body) return null;
  const source = e.closest('[data-source]');
  if (source) return source;
  while (e.parentElement !== document.body && /^inline|^contents$/.test(getComputedStyle(e).display)) e = e.parentElement;
  return e;
}

function mark(e) {
  if (document.documentElement.classList.contains('in-desk')) return; // which marks where one types, and is drawn again for each step of this
  for (const earlier of e.getAnimations()) if (earlier.id === 'leerblad-changed') earlier.cancel();
  const colour = 'rgb(230 160 0';
  const on = { outline: `3px solid ${colour} / 90%)`, outlineOffset: '3px', backgroundColor: `${colour} / 20%)` };
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const off = still ? on : { outline: `3px solid ${colour} / 0%)`, outlineOffset: '3px' };
  e.animate([on, off], { id: 'leerblad-changed', duration: 1800, easing: 'ease-in' });
}

// busy says whether the reader types or selects.
function busy() {
  return document.activeElement?.matches('input, select, textarea, [contenteditable]') || getSelection().type === 'Range';
}
