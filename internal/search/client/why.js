import { fold } from "./words.js";

const word = /[\p{N}]+(?:[.,\u00a0\u2009\u202f ]\p{N}{3})*|[\p{L}\p{N}\p{M}'’ʼ\u00ad]+/gu;
const part = 4; // letters, from which on a part of a compound is marked
const room = 200; // characters of an excerpt

// Why says of an answer which words in a text it was found by. Each of its reasons is a word of the query: forms are the words that count as
// that word, begins is what they may begin with, and rarity is how much one says.
export class Why {
  constructor(reasons) {
    this.reasons = reasons;
  }

  // in gives where in a text such words stand: from, to and the number of the reason. Parts of compounds come only with parts.
  in(text, parts = true) {
    const found = [];
    for (const { 0: run, index } of text.matchAll(word)) {
      const folded = /\p{N}/u.test(run) ? fold(run).replace(/[^\p{L}\p{N}]/gu, "") : fold(run).replaceAll("'", "");
      this.reasons.some(({ forms, begins }, reason) => {
        if (forms.has(folded) || (begins && folded.startsWith(begins))) return found.push({ from: index, to: index + run.length, reason });
        if (!parts || folded.length !== run.length) return false;
        for (const form of forms) {
          if (form.length < part || folded.length < form.length + 3) continue;
          const from = folded.startsWith(form) ? 0 : folded.endsWith(form) ? folded.length - form.length : -1;
          if (from >= 0) return found.push({ from: index + from, to: index + from + form.length, reason });
        }
        return false;
      });
    }
    return found;
  }

  // pieces gives a text as [piece, whether the page is found by it].
  pieces(text) {
    const pieces = [];
    let at = 0;
    for (const { from, to } of this.in(text)) {
      pieces.push([text.slice(at, from), false], [text.slice(from, to), true]);
      at = to;
    }
    pieces.push([text.slice(at), false]);
    return pieces.filter(([piece]) => piece);
  }

  // worth gives how much the reasons in what was found say, each counted once.
  worth(found) {
    return [...new Set(found.map(({ reason }) => reason))].reduce((sum, reason) => sum + this.reasons[reason].rarity, 0);
  }

  // best gives the passage that says most of why a page was found, of which text is an excerpt: of equal ones the first.
  best(passages) {
    let best = null;
    for (const [anchor, heading, text] of passages) {
      const found = this.in(text);
      const whole = this.in(text, false).length ? 0.1 : 0; // rather the word itself than a part
      const worth = this.worth(found) + 0.5 * this.worth(this.in(heading)) + whole;
      if (!best || worth > best.worth) best = { worth, anchor, heading, text, found };
    }
    return best && { anchor: best.anchor, heading: best.heading, text: this.excerpt(best.text, best.found) };
  }

  // excerpt gives the part of a text with the most in it of what was found, from the beginning of a sentence or else of a word on.
  excerpt(text, found) {
    let start = 0;
    let most = 0;
    for (const { from } of found) {
      const worth = this.worth(found.filter((other) => other.from >= from && other.to <= from + room * 0.7));
      if (worth > most) [most, start] = [worth, from];
    }
    const before = text.slice(Math.max(0, start - room * 0.5), start);
    const sentence = Math.max(...[". ", "! ", "? "].map((end) => before.lastIndexOf(end)));
    if (start <= room * 0.4) start = 0;
    else if (sentence >= 0) start -= before.length - sentence - 2;
    else start -= Math.min(60, before.length) - before.slice(-60).indexOf(" ") - 1;
    let end = start + room;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + room / 2);
    return (start > 0 ? "… " : "") + text.slice(start, end) + (end < text.length && !text.endsWith("…", end) ? "…" : "");
  }
}
