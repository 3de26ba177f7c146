// Prints, a line each, the texts of pages that Chromium takes to be in another language than they are, and what searching does not find.
// usage: node languages.mjs ORIGIN PATH…, of the site of testdata/languages.txtar
import { launch } from './chromium.mjs';

const [origin, ...paths] = process.argv.slice(2);
// Texts of the content, and words of the interface. What holds several, such as how to refer to a page, is passed over.
const spoken = {
  en: ['A sheet in English', 'Findings about', 'Partners share good practices', 'Studies', 'Regions “share” what they learned', 'what we learned', 'good practices', 'In English', 'What this site', 'We follow', 'A note.', 'What did you',
    'A figure was', 'first half', 'Twelve', 'Doing', 'What is done', 'Read the studies', 'News in June', 'This month', 'all', '1,000', 'Who'],
  'en-GB': ['Write it down', 'One practice', 'Write each'],
  de: ['Ein Bericht', 'Was wir', 'Sie sagte: „Das ging gut.“', 'Erst reden', 'eine Teilnehmerin', 'Es ging gut'],
  nl: ['lerend evalueren', 'Een sheet in', 'Partijen delen', 'Nieuws in mei', 'Deze maand', 'Dit werkt', 'Aandachtspunt', 'Vraag', 'Bron', 'Thema', 'Vervolg op', 'Steunt op', 'Wijziging', 'Bijgewerkt', 'Sheet', 'Aanbeveling',
    'Leren', 'Oost', 'Vorige', 'Volgende', '15 januari 2021', 'in veel', 'Lessen', 'Werkte'],
};
const browser = await launch();
const page = await browser.newPage();
const seen = new Set();
for (const path of paths) {
  await page.goto(origin + path);
  const found = await page.evaluate((spoken) => {
    const out = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.replace(/\s+/g, ' ').trim();
      const parent = node.parentElement;
      if (!text || parent.closest('.cite, script, title, noscript')) continue;
      const language = parent.closest('[lang]').lang;
      for (const [tag, phrases] of Object.entries(spoken)) {
        for (const phrase of phrases) if (text.startsWith(phrase)) out.push({ tag, phrase, text, language, right: language === tag });
      }
    }
    for (const e of document.querySelectorAll('[aria-label]')) {
      const language = e.closest('[lang]').lang;
      if (language !== 'nl') out.push({ text: e.getAttribute('aria-label'), language, right: false });
    }
    return out;
  }, spoken);
  for (const { phrase, right, text, language } of found) {
    seen.add(phrase);
    if (!right) console.log(`${path}: ${JSON.stringify(text)} is in ${language}`);
  }
}
for (const phrase of Object.values(spoken).flat()) if (!seen.has(phrase)) console.log(`${JSON.stringify(phrase)} is on no page`);
await page.goto(origin + '/zoeken/?q=practice');
await page.waitForSelector('.hit');
const hits = await page.evaluate(() => [...document.querySelectorAll('.hit')].map((hit) => `${hit.querySelector('a').closest('[lang]').lang} ${hit.querySelector('a').textContent}`));
for (const wanted of ['en Partners share good practices, and keep sharing them.', 'en Studies of practice', 'en-GB Write it down']) {
  if (!hits.includes(wanted)) console.log(`“practice” does not find ${wanted}: ${JSON.stringify(hits)}`);
}
await browser.close();
