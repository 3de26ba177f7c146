// What axe does not measure. Each function runs in a page and gives what is wrong there, in words.

// smallTargets gives the controls that are under 24 by 24 px and no links within a line of text (WCAG 2.5.8).
export function smallTargets() {
  const found = [];
  for (const el of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    const box = el.getBoundingClientRect();
    if (box.width === 0 || !el.checkVisibility()) continue;
    const inline = getComputedStyle(el).display === 'inline' && el.tagName === 'A';
    const choice = el.tagName === 'INPUT' && el.labels.length > 0 && el.labels[0].getBoundingClientRect().height >= 24;
    if (!inline && !choice && (box.width < 23.5 || box.height < 23.5)) found.push(`small target: ${el.outerHTML.slice(0, 120)}`);
  }
  return found;
}

// misplacedText gives texts that are cut off, that lie over each other, or beside the window where nothing scrolls there.
export function misplacedText() {
  const found = [];
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest('.skip, svg, select, textarea, video, audio, sup')) continue;
    if (getComputedStyle(parent.closest('.unseen') ?? parent).clipPath === 'inset(50%)') continue; // for those who listen
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = frame(parent);
    for (const r of range.getClientRects()) {
      if (r.width < 1) continue;
      const out = box && (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 4 || r.bottom > box.bottom + 4);
      if (out) found.push(`cut off: ${JSON.stringify(node.data.trim().slice(0, 60))}`);
      lines.push({ r: box ? r : seen(parent, r), node });
    }
  }
  lines.sort((a, b) => a.r.top - b.r.top);
  for (let i = 0; i < lines.length; i++) {
    for (let j = i + 1; j < lines.length && lines[j].r.top < lines[i].r.bottom; j++) {
      const [a, b] = [lines[i].r, lines[j].r];
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (lines[i].node === lines[j].node || wide < 3 || high < 0.5 * Math.min(a.height, b.height)) continue;
      found.push(`over each other: ${JSON.stringify(lines[i].node.data.trim().slice(0, 40))} and ${JSON.stringify(lines[j].node.data.trim().slice(0, 40))}`);
    }
  }
  return [...new Set(found)];

  // frame gives the box outside which text in e cannot be seen; nothing where a part of the page scrolls.
  function frame(e) {
    for (; e !== document.body; e = e.parentElement) {
      const { overflowX, overflowY, clipPath } = getComputedStyle(e);
      if (/auto|scroll/.test(overflowX + overflowY)) return null;
      if (/^inset\([-\d.px ]+\)$/.test(clipPath)) {
        const [top, right = top, bottom = top, left = right] = clipPath.match(/-?[\d.]+/g).map(Number);
        const box = e.getBoundingClientRect();
        return { left: box.left + left, right: box.right - right, top: box.top + top, bottom: box.bottom - bottom };
      }
      if (/hidden|clip/.test(overflowX + overflowY)) return e.getBoundingClientRect();
    }
    return { left: 0, right: document.documentElement.clientWidth, top: -Infinity, bottom: Infinity };
  }

  // seen gives the part of a line that is in view where a part of the page scrolls.
  function seen(e, r) {
    while (!/auto|scroll/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY)) e = e.parentElement;
    const box = e.getBoundingClientRect();
    const [left, right] = [Math.max(r.left, box.left), Math.min(r.right, box.right)];
    return { left, right, top: r.top, bottom: r.bottom, height: r.height };
  }
}

// faintShapes gives the edges of fields and buttons, the signs and the bars of findings that have less than 3:1 with what is beside them (WCAG 1.4.11).
export function faintShapes() {
  const { contrast, ground } = window.colours;
  const found = new Set();
  const need = (what, colour, behind) => {
    const ratio = contrast(colour, behind);
    if (ratio < 3) found.add(`faint ${what}: ${colour} on ${behind}: ${ratio.toFixed(2)}`);
  };
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
  for (const e of document.querySelectorAll('input, select, textarea, .button')) {
    if (seen(e)) need(`edge of ${e.tagName}.${e.className}`, getComputedStyle(e).borderTopColor, ground(e.parentElement));
  }
  for (const e of document.querySelectorAll('svg.icon')) {
    if (seen(e)) need(`sign in ${e.parentElement.tagName}.${e.parentElement.className}`, getComputedStyle(e).fill, ground(e));
  }
  for (const e of document.querySelectorAll('.finding')) {
    const { borderInlineStartColor: bar } = getComputedStyle(e);
    need('bar of a finding', bar, ground(e));
    need('bar of a finding', bar, ground(e.parentElement));
  }
  for (const e of document.querySelectorAll('.menu [aria-current]')) need('mark of the menu', getComputedStyle(e).borderBlockEndColor, ground(e));
  return [...found];
}

// colours puts what the others need to compare colours into the page (the formulas of WCAG 2).
export function colours() {
  const numbers = (c) => c.match(/[\d.]+/g).map(Number);
  const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  window.colours = {
    contrast(one, other) {
      const [a, b] = [light(numbers(one)), light(numbers(other))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    },
    // ground gives the colour behind an element's content; half-transparent ones are not used.
    ground(e) {
      for (; e; e = e.parentElement) {
        const colour = getComputedStyle(e).backgroundColor;
        if (numbers(colour)[3] !== 0) return colour;
      }
      return 'rgb(255, 255, 255)';
    },
  };
}

// walk presses Tab through a whole page and gives what is wrong with the stops: all controls are reached, in the order of the page,
// none of them is hidden, and all show where the focus is.
export async function walk(page) {
  const found = [];
  await page.evaluate(() => { window.stops = new Set(); scrollTo(0, 0); });
  for (let i = 0; i < 1000; i++) {
    await page.keyboard.press('Tab');
    const problem = await page.evaluate(stop);
    if (problem === 'end') break;
    if (problem) found.push(problem);
  }
  return [...new Set([...found, ...await page.evaluate(missed)])];
}

function stop() {
  const e = document.activeElement;
  const last = [...window.stops].at(-1);
  if (e === last) return ''; // a film's own controls
  if (!e || e === document.body || window.stops.has(e)) return 'end';
  window.stops.add(e);
  const name = e.outerHTML.slice(0, 100);
  if (last && !(last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) return `out of order: ${name}`;
  const boxes = [...e.getClientRects()];
  const inView = boxes.filter((r) => r.width > 1 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth);
  if (inView.length === 0) return `focus out of view: ${name}`;
  const free = inView.some((r) => {
    const x = Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(r.top + r.height / 2, 1), innerHeight - 1);
    const hit = document.elementFromPoint(x, y);
    return hit && e.contains(hit);
  });
  if (!free) return `focus behind something: ${name}`;
  const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(e);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `focus not shown: ${name}`;
  const ring = parseFloat(outlineWidth) + parseFloat(outlineOffset) - 1;
  for (let p = e.parentElement; p !== document.body; p = p.parentElement) {
    if (!/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflow)) continue;
    const frame = p.getBoundingClientRect();
    if (inView.some((r) => r.left - ring < frame.left || r.right + ring > frame.right)) return `focus cut off at the side: ${name}`;
  }
  const behind = window.colours.ground(parseFloat(outlineOffset) >= 0 ? e.parentElement : e);
  if (window.colours.contrast(outlineColor, behind) < 3) return `focus faint: ${name}: ${outlineColor} on ${behind}`;
  return '';
}

function missed() {
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, video, audio, [tabindex="0"]');
  const group = (e) => e.type === 'radio' && [...window.stops].some((stop) => stop.type === 'radio' && stop.name === e.name); // Tab comes to one of them
  return [...all].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !window.stops.has(e) && !group(e))
    .map((e) => `not reached with Tab: ${e.outerHTML.slice(0, 100)}`);
}

// spaceOut sets text as wide as readers may need it (WCAG 1.4.12).
export function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }');
  document.adoptedStyleSheets.push(sheet);
}

// readable gives the text that a page shows, without what is there for scripts alone.
export function readable() {
  for (const e of document.querySelectorAll('[data-copy], [data-print], #filter_, #tools_, #finder_, #nearest_, #said_, #story_, #template_, noscript')) e.remove();
  return document.body.innerText.replace(/\s+/g, ' ');
}

// printed gives what is wrong with a page on paper: findings may not be cut in two, tables must fit, and addresses stand behind links.
export function printed() {
  const found = [];
  for (const e of document.querySelectorAll('.table')) {
    if (e.scrollWidth > e.clientWidth + 1) found.push(`a table wider than the paper: ${e.scrollWidth} > ${e.clientWidth} px: ${JSON.stringify(e.textContent.trim().slice(0, 40))}`);
  }
  for (const e of document.querySelectorAll('.finding')) if (getComputedStyle(e).breakInside !== 'avoid') found.push(`may be cut: ${e.id}`);
  for (const e of document.querySelectorAll('.prose a[href^="/"]:not([class], .card a, .finding-line a), .prose a[href^=http], .margin a[href^=http]')) {
    if (!getComputedStyle(e, '::after').content.includes(e.getAttribute('href'))) found.push(`no address behind ${e.textContent}`);
  }
  return found;
}
