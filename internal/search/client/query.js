import { fold, words } from "./words.js";

const quotes = "\"“”„«»";
const quoted = new RegExp(`[${quotes}]([^${quotes}]+)[${quotes}]`, "g");

// parse reads what a reader typed: terms to look for, in order (follows: right after the one before; joined: made of those
// before it by hyphens, or a number; open: it may go on), pairs of words that follow each other (stop: which of them is a stop word; apart:
// they may be one word), and phrases between quotation marks.
export function parse(query, stops) {
  const phrases = [...query.matchAll(quoted)]
    .map(([, inner]) => words(inner).filter((w) => !w.joined).map((w) => w.text)).filter((phrase) => phrase.length);
  const all = words(query);
  const plain = all.filter((w) => !w.joined);
  const last = /[\p{L}\p{N}]$/u.test(fold(query)) ? plain.at(-1) : null;
  const spare = plain.some((w) => !stops.has(w.text)); // without stop words there is something left to look for
  const terms = [];
  for (const w of all) {
    if (!spare || !stops.has(w.text) || w.joined) terms.push({ word: w.text, joined: w.joined, open: w === last });
  }
  const pairs = [];
  for (let i = 1; i < plain.length; i++) {
    const [first, second] = [plain[i - 1].text, plain[i].text];
    const stop = [first, second].find((word) => stops.has(word));
    // Numbers are joined by words.js where they are one; of stop words only one that begins a query of two words may begin a word.
    const apart = !(/\d$/.test(first) && /^\d/.test(second)) && (!stop || (plain.length === 2 && stop === first && stop.length >= 3));
    if (!stops.has(first) || !stops.has(second)) pairs.push({ first, second, stop, apart, open: plain[i] === last });
  }
  return { terms, pairs, phrases };
}
