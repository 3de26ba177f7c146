// Looks at mails in Chromium as mail clients and mailing tools leave them, and prints what is lost: {mail, strip, width, scheme, problem},
// one JSON object a line. usage: node mail.mjs DIR (each file below it that ends in .html is a mail)
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './axe.mjs';
import { launch } from './chromium.mjs';
import { halfInverted, inverted, ratio } from './mail-color.mjs';

// What clients and tools take away. Each function runs in the page.
const strips = {
  nothing: () => {},
  head: () => document.head.replaceChildren(), // Gmail and most tools keep the body alone
  style: () => document.querySelectorAll('style').forEach((el) => el.remove()), // Gmail for accounts elsewhere, and its mobile site
  comments: () => { // tools that tidy
    const walk = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (walk.nextNode()) found.push(walk.currentNode);
    found.forEach((node) => node.remove());
  },
  names: () => document.querySelectorAll('[class], [id]').forEach((el) => ['class', 'id'].forEach((name) => el.removeAttribute(name))), // webmail
  moved: () => document.querySelectorAll('style').forEach((el) => { // tools that put the style in the body and wrap what is in it
    el.textContent = `@media screen { ${el.textContent} }`;
    document.body.append(el);
  }),
  attributes: () => document.querySelectorAll('*').forEach((el) => { // editors that clean
    for (const { name } of [...el.attributes]) if (/^(role|aria-.*|align|valign|bgcolor|lang|dir|cellpadding|cellspacing|border)$/.test(name)) el.removeAttribute(name);
  }),
  pasted: () => { // into a page of a tool, in quirks mode, with its own style
    const text = document.body.innerHTML;
    document.open();
    document.write(`<html><head><title>Tool</title><style>* { box-sizing: border-box } body { margin: 0; font: 13px/1.2 Georgia; color: #888; background: #fff }
      table { border-spacing: 4px } td { vertical-align: middle } p, li { font-size: 1em } a { color: #aaa } h1, h2, h3 { color: #999; font-weight: 400 } img { max-width: 100% }</style></head>
      <body><div contenteditable>${text}</div></body></html>`);
    document.close();
  },
};
const widths = [320, 360, 600, 1024];
const schemes = ['light', 'dark'];

// Rules of axe for whole pages, of which a mail is a part.
const exceptions = {
  'landmark-one-main': 'the client has the main landmark',
  region: 'the client has the landmarks; the mail is one article',
};

// read gives what a reader gets of the mail in the page: the words, the links and the texts with their colours.
function read() {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.cssText = 'background-color: Canvas !important';
  const canvas = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const parts = (color) => color.match(/[\d.]+/g).map(Number);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const words = [];
  const texts = [];
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const el = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const said = (node.nodeType === Node.TEXT_NODE ? node.data : el.alt ?? '').split(/\s+/).filter(Boolean).join(' ');
    if (!said || !el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || el.closest('style, script')) continue;
    words.push(said);
    const { color, fontSize, fontWeight } = getComputedStyle(el);
    let behind = el;
    while (behind && parts(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const size = parseFloat(fontSize);
    texts.push({
      said,
      color: parts(color),
      background: parts(behind ? getComputedStyle(behind).backgroundColor : canvas),
      need: size >= 24 || (fontWeight >= 700 && size >= 18.66) ? 3 : 4.5,
    });
  }
  const links = [...document.querySelectorAll('a[href]')].filter((el) => el.checkVisibility()).map((el) => `${el.textContent.trim()} ${el.getAttribute('href')}`);
  return { words: words.join(' '), links: links.join('\n'), texts };
}

// overflowing gives what is wider than the window.
function overflowing(width) {
  if (document.scrollingElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > width + 0.5);
  return [`wider than the window: ${document.scrollingElement.scrollWidth} px: ${wide.at(-1)?.outerHTML.slice(0, 80) ?? ''}`];
}

// dim gives the texts that are hard to read, as shown and, where clients invert a light mail, inverted.
function dim(texts, scheme) {
  const same = (color) => color;
  const modes = { shown: [same, same] };
  if (scheme === 'light') {
    modes.inverted = [inverted, inverted];
    modes['half-inverted'] = [(color) => halfInverted(color, false), (color) => halfInverted(color, true)];
  }
  return Object.entries(modes).flatMap(([mode, [text, background]]) => texts.flatMap(({ said, color, background: behind, need }) => {
    const contrast = ratio(text(color), background(behind));
    return contrast < need ? [`contrast ${contrast.toFixed(2)} ${mode}: ${said.slice(0, 40)}`] : [];
  }));
}

async function survive(page, mail, source) {
  let whole;
  for (const [strip, change] of Object.entries(strips)) {
    await page.setContent(source);
    await page.evaluate(change);
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of widths) {
        const say = (problem) => console.log(JSON.stringify({ mail, strip, width, scheme, problem }));
        await page.setViewportSize({ width, height: 800 });
        const got = await page.evaluate(read);
        whole ??= got;
        if (got.words === '') say('no words');
        for (const what of ['words', 'links']) if (got[what] !== whole[what]) say(`other ${what}: ${firstDifference(whole[what], got[what])}`);
        for (const problem of await page.evaluate(overflowing, width)) say(problem);
        for (const problem of dim(got.texts, scheme)) say(problem);
        if (strip === 'nothing' && width === 600) {
          for (const v of await violations(page)) if (!exceptions[v.match(/^axe ([\w-]+):/)[1]]) say(v);
        }
      }
    }
  }
}

function firstDifference(want, got) {
  let i = 0;
  while (i < want.length && want[i] === got[i]) i++;
  return `«${want.slice(i, i + 40)}» became «${got.slice(i, i + 40)}»`;
}

const dir = process.argv[2];
const mails = readdirSync(dir, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
if (mails.length === 0) throw new Error(`no mail in ${dir}`);
const browser = await launch();
const page = await browser.newPage();
// Every picture is there, larger than it should be shown.
await page.route('**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600"/>' }));
for (const mail of mails) await survive(page, mail, readFileSync(join(dir, mail), 'utf8'));
await browser.close();
