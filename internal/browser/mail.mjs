// Shows newsletters as mail, in Chromium and to a parser of messages, and prints what is wrong, one JSON object a line: {page, mode, problem}.
// usage: node mail.mjs FOLDER ORIGIN MAIL…   (MAIL: the path of a mail.html below FOLDER, with a mail.eml beside it)
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { violations } from './axe.mjs';
import { launch } from './chromium.mjs';

const [folder, origin, ...mails] = process.argv.slice(2);
const report = (page, mode, problem) => console.log(JSON.stringify({ page, mode, problem }));

// What sending tools and mail programs take away.
const inside = (html) => html.replace(/^[^]*?<body[^>]*>|<\/body>[^]*$/g, '');
const ways = {
  whole: (html) => html,
  'no doctype': (html) => html.replace(/<!doctype html>/, ''),
  'no head': (html) => html.replace(/<head>[^]*?<\/head>/, ''),
  'no style': (html) => html.replace(/<style>[^]*?<\/style>/g, ''),
  'no comments': (html) => html.replace(/<!--[^]*?-->/g, ''),
  'no classes': (html) => html.replace(/ class="[^"]*"/g, ''),
  'body in another page': (html) => `<!doctype html><style>${html.match(/<style>(:root[^]*?)<\/style>/)[1]}</style><div>${inside(html)}</div>`,
  'nothing but inline': (html) => inside(html).replace(/<!--[^]*?-->| class="[^"]*"/g, ''),
};

async function show(page, html) {
  await page.setContent(html, { waitUntil: 'load' });
  return page.evaluate(() => ({
    wide: document.scrollingElement.scrollWidth > window.innerWidth ? document.scrollingElement.scrollWidth : 0,
    words: document.body.innerText.replace(/\s+/g, ' ').trim(),
    links: [...document.links].map((a) => a.href).join(' '),
    small: [...document.querySelectorAll('p, li, h1, h2, h3, td, th, pre')]
      .filter((e) => e.checkVisibility() && e.innerText.trim() && parseFloat(getComputedStyle(e).fontSize) < 14).map((e) => e.outerHTML.slice(0, 80)),
    broken: [...document.images].filter((i) => !i.naturalWidth).map((i) => i.src),
  }));
}

async function survive(browser, name, html) {
  let first;
  for (const width of [320, 480, 600, 1024]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      await context.route('**', (route) => {
        const address = route.request().url();
        if (!address.startsWith(origin)) return report(name, 'whole', `foreign request: ${address}`) ?? route.abort();
        return route.fulfill({ path: path.join(folder, new URL(address).pathname.slice(new URL(origin).pathname.length)) });
      });
      const page = await context.newPage();
      for (const [way, strip] of Object.entries(ways)) {
        const mode = `${way}, ${width}, ${colorScheme}`;
        const found = await show(page, strip(html));
        first ??= found;
        if (found.wide) report(name, mode, `wider than the window: ${found.wide} px`);
        if (found.words !== first.words) report(name, mode, `other words: ${found.words}`);
        if (found.links !== first.links) report(name, mode, `other links: ${found.links}`);
        for (const what of [...found.small, ...found.broken]) report(name, mode, `too small or broken: ${what}`);
        if (way === 'whole' && width !== 480) for (const v of await violations(page, { mail: true })) report(name, mode, v);
      }
      await context.close();
    }
  }
}

async function parse(name, html) {
  const base = path.join(folder, path.dirname(name));
  const mail = await PostalMime.parse(await readFile(path.join(base, 'mail.eml')));
  const text = await readFile(path.join(base, 'mail.txt'), 'utf8');
  // Postal-mime counts the line end before a boundary to the part.
  if (mail.html.trimEnd() !== html.trimEnd()) report(name, 'eml', 'another HTML');
  if (mail.text.trimEnd() !== text.trimEnd()) report(name, 'eml', 'another text');
  if (!mail.subject || mail.attachments.length || mail.date || mail.messageId || !mail.from?.address) report(name, 'eml', JSON.stringify({ ...mail, html: '', text: '' }));
  const title = html.match(/<title>([^]*?)<\/title>/)[1].replace(/\s+/g, ' ').replaceAll('&amp;', '&');
  if (mail.subject !== title) report(name, 'eml', `subject ${mail.subject}, title ${title}`);
}

const browser = await launch();
for (const name of mails) {
  const html = await readFile(path.join(folder, name), 'utf8');
  await parse(name, html);
  await survive(browser, name, html);
}
await browser.close();
