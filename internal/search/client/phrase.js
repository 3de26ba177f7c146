import { words } from "./words.js";

/* global directory */

const most = 30; // pages to look into
const inline = /<\/?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^>]*>/g;
const signs = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "\u00ad" };

// textOf gives the text of the main part of a page.
export function textOf(html) {
  const main = /<main[\s>][^]*<\/main>/.exec(html)?.[0] ?? html;
  return main.replace(/<(script|style|template)\b[^]*?<\/\1>/g, " ").replace(inline, "").replace(/<[^>]*>/g, " ")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
      const code = decimal ? +decimal : parseInt(hex, 16);
      return name ? signs[name] ?? all : code <= 0x10ffff ? String.fromCodePoint(code) : " ";
    });
}

// says tells whether a text has the words of a phrase one after the other.
export function says(text, phrase) {
  const has = words(text).filter((w) => !w.joined).map((w) => w.text);
  return has.some((_, i) => phrase.every((word, j) => has[i + j] === word));
}

// withPhrases gives those of the first units that say all phrases: findings by themselves, entries on their pages.
export async function withPhrases(search, index, units, phrases) {
  for (const word of new Set(phrases.flat())) {
    const having = await search.having(word);
    if (having) units = units.filter((unit) => having.has(unit));
  }
  const said = await Promise.all(units.slice(0, most).map(async (unit) => {
    const { url, title } = await index.record(unit);
    const text = unit < directory.entries ? textOf(await (await index.answer(url)).text()) : title;
    return phrases.every((phrase) => says(text, phrase));
  }));
  return units.filter((_, i) => said[i]);
}
