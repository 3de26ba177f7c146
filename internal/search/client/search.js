import { inflected, likest, nearest, plain } from "./near.js";

/* global directory */

// What a form counts for that is not the word as it was typed, tuned with the writer's weights.
const weights = {
  stem: 0.95, // another form of the word
  goesOn: 0.6, // a word that goes on after what was typed, which is a word too
  begins: 0.9, // a word that begins with what was typed, which is none
  beginning: 0.5, // the best units for all words that begin so
  mistake: 0.8,
  mistakes: 0.55,
  likest: 0.2, // a word that begins like an unknown one
  inflected: 0.8,
  joined: 1.5, // two words of the query written as one
  joinedImpact: 0.25, // power of its impacts: that a unit has such a word says nearly all
  alone: 1.6, // for the only word of a query, those that it is a part of count this much more
  modifier: 0.25, // the parts of a compound in the query
  head: 0.4,
  pair: 0.08, // two words that follow each other in a title
  stopPair: 0.1,
};
const levels = 63; // of impacts
const few = 10; // units, fewer of which say that a compound may be looked for in parts

// Search scores all units for one query. What it looks at depends on the query and the index alone.
export class Search {
  constructor(index, whole) {
    this.index = index;
    this.whole = whole; // long lists are read to their end
    this.most = 0; // units in the longest list of which only the first part was read
    this.shards = new Map(); // by place
    this.scores = new Float32Array(index.units);
    this.best = new Float32Array(index.units);
    this.seen = new Uint32Array(index.units);
    this.counts = 0;
    this.alone = false; // the query has one word, and lists of classes have no words of other languages
    this.reasons = []; // of each word of the query, in which forms units have it
    this.synonyms = []; // of what was typed: said, its words, and words, those that stand for it
    this.instead = []; // words that were looked for in place of one, or beside it: { typed, words }
  }

  // need loads the shards of forms.
  need(forms) {
    return this.load(forms.map((form) => this.index.table.place(form)));
  }

  async load(places) {
    await Promise.all([...new Set(places)].map(async (place) => this.shards.set(place, await this.index.terms(place, this.whole))));
  }

  shard(form) {
    return this.shards.get(this.index.table.place(form));
  }

  // places gives where the words are that begin with a word: the first shards only, if there are many.
  places(word) {
    const { table } = this.index;
    const first = table.place(word);
    const last = table.place(word + "\uffff");
    if (last - first < 2) return [first, last];
    return [...word].length <= 3 ? [first, table.place(word + "*")] : [first, first + 1, first + 2];
  }

  // A hit is a list in a shard and its weight; hits on one word make a group, which is as rare as its units are few.

  // exact gives the group of a form and its class, if the index has it.
  exact(form, weight = 1) {
    const shard = this.shard(form);
    const at = shard ? shard.forms.indexOf(form) : -1;
    if (at < 0) return [];
    const group = [{ shard, list: shard.own[at], weight }, { shard, list: shard.extra[at], weight: weight * (this.alone ? weights.alone : 1) }];
    shard.classes.forEach((c, i) => {
      if (c === shard.classes[at] && i !== at) group.push({ shard, list: shard.own[i], weight: weight * weights.stem });
    });
    return [group];
  }

  // longer gives a group for each word that a word is the beginning of.
  longer(word, weight) {
    const groups = [];
    const shards = new Set(this.places(word).map((place) => this.shards.get(place)));
    for (const shard of shards) {
      shard.forms.forEach((form, i) => {
        if (form === word + "*") groups.push([{ shard, list: shard.own[i], weight: weight * weights.beginning }]);
        if (form.length <= word.length || !form.startsWith(word) || !plain(form)) return;
        const share = weight * (0.6 + 0.4 * word.length / form.length);
        groups.push([{ shard, list: shard.own[i], weight: share }, { shard, list: shard.extra[i], weight: share }]);
      });
    }
    return groups;
  }

  // near gives groups for what a word that the index does not have may be meant for. Mistakes in its first letters cost more
  // requests, one after the other: only where the query has few words.
  async near(word, fewWords) {
    const { forms } = this.shard(word);
    let { mistakes, found } = nearest(forms, word);
    const others = inflected(forms, word).filter((form) => !found.includes(form));
    if (mistakes > 1 && !others.length && word.length >= 4 && fewWords) {
      const back = [...word].reverse().join("");
      const more = nearest(await this.index.words(this.index.endings.place(back)), back);
      if (more.mistakes < mistakes) {
        mistakes = more.mistakes;
        found = more.found.map((form) => [...form].reverse().join(""));
        await this.need(found);
      }
    }
    if (!found.length && !others.length) found = likest(forms, word);
    this.meant(word, [...found, ...others]);
    const meant = mistakes === Infinity ? weights.likest : mistakes > 1 ? weights.mistakes : weights.mistake;
    const other = weights.inflected * (found.length ? 0.5 : 1);
    return [...found.flatMap((form) => this.exact(form, meant)), ...others.flatMap((form) => this.exact(form, other))];
  }

  // parts gives groups for the parts of a compound: the longest word that it begins with, and the rest.
  async parts(word) {
    let parts;
    for (const form of this.shard(word).forms) {
      if (!plain(form) || form.length < 4 || !word.startsWith(form)) continue;
      for (const linker of directory.linkers) {
        const rest = word.slice(form.length + linker.length);
        if (rest.length >= 4 && word.startsWith(form + linker)) parts = [form, rest];
      }
    }
    if (!parts) return [];
    await this.need(parts);
    this.meant(word, parts.filter((part) => this.occurs(part)));
    const [modifier, head] = parts;
    return [...this.exact(modifier, weights.modifier), ...this.exact(head, weights.head)];
  }

  // occurs tells whether a text has a form itself.
  occurs(form) {
    const shard = this.shard(form);
    const at = shard.forms.indexOf(form);
    return at >= 0 && shard.own[at].n > 0;
  }

  // meant notes that other words were looked for than one that was typed.
  meant(typed, words) {
    if (words.length) this.instead.push({ typed, words });
  }

  // stand notes what stands for words or phrases that were typed, or meant.
  stand(typed, meant) {
    for (const group of this.index.synonyms) {
      const say = (all) => group.filter(({ words }) => words.length && words.every((word) => all.includes(word)));
      const said = say([...typed, ...meant]);
      const others = group.filter((text) => !said.includes(text));
      if (!said.length || !others.length) continue;
      this.synonyms.push({ said: said.flatMap(({ words }) => words), words: others.flatMap(({ words }) => words) });
      if (say(typed).length) this.meant(said[0].text, others.map(({ text }) => text));
    }
  }

  // reason gives in which forms units have a word of the query.
  reason({ word, open }, groups, joined) {
    const others = this.instead.filter(({ typed }) => typed === word).flatMap(({ words }) => words);
    const synonyms = this.synonyms.filter(({ said }) => [word, ...others].some((form) => said.includes(form))).flatMap(({ words }) => words);
    const forms = [word, ...others].flatMap((form) => this.forms(form));
    return { forms: new Set([...forms, ...joined, ...synonyms]), begins: open && word, rarity: this.rarity(this.count(groups)) };
  }

  // count gives how many units groups have.
  count(groups) {
    const now = ++this.counts;
    let n = 0;
    let most = 0;
    for (const { shard, list } of groups.flat()) {
      for (let i = list.from; i < list.to; i++) {
        const unit = shard.units[i];
        if (this.seen[unit] !== now) n++;
        this.seen[unit] = now;
      }
      most = Math.max(most, list.n);
    }
    return Math.max(n, most);
  }

  // rarity gives how much it says of a unit to be one of n.
  rarity(n) {
    return Math.log(1 + (this.index.units - n + 0.5) / (n + 0.5));
  }

  // score adds what groups say of units: of the best hit, and for a word that may go on a fifth of the others. The lower the power, the less
  // it matters how great an impact is.
  score(groups, { open = false, weight = 1, power = 1 } = {}) {
    const touched = [];
    const all = open ? this.rarity(this.count(groups)) : 0;
    for (const group of groups) {
      const own = this.rarity(this.count([group]));
      const rarity = weight * (open ? 0.3 * own + 0.7 * all : own) / levels;
      for (const { shard, list: { from, to, n }, weight } of group) {
        if (n > to - from) this.most = Math.max(this.most, n);
        for (let i = from; i < to; i++) {
          const unit = shard.units[i];
          const before = this.best[unit];
          const value = rarity * weight * levels * (shard.impacts[i] / levels) ** power;
          if (!before) touched.push(unit);
          this.best[unit] = Math.max(before, value) + (open ? 0.2 * Math.min(before, value) : 0);
        }
      }
    }
    for (const unit of touched) {
      this.scores[unit] += this.best[unit];
      this.best[unit] = 0;
    }
  }

  // forms gives a word and the other words of its class.
  forms(word) {
    const shard = this.shard(word);
    const at = shard ? shard.forms.indexOf(word) : -1;
    return at < 0 ? [word] : shard.forms.filter((_, i) => shard.classes[i] === shard.classes[at]);
  }

  // pair scores two words, in whatever form, that follow each other in titles. A stop word stands last; the second word may
  // be the beginning of one.
  pair({ first, second, stop, open }) {
    const [begins, end] = stop === first ? [this.forms(second), "<" + first] : [this.forms(first), second];
    const ends = stop ? [end] : this.forms(end);
    const group = begins.flatMap((begin) => ends.flatMap((last) => this.exact(`${begin} ${last}`).flat()));
    if (open && stop !== first) {
      const shard = this.shard(first);
      shard?.forms.forEach((form, i) => {
        if (form.startsWith(`${first} ${second}`)) group.push({ shard, list: shard.own[i], weight: 1 });
      });
    }
    this.score([group], { weight: stop ? weights.stopPair : weights.pair });
  }

  // run scores all units for a query that was parsed.
  async run({ terms, pairs }) {
    const joined = pairs.filter(({ apart }) => apart).flatMap(({ first, second }) => directory.linkers.map((linker) => first + linker + second));
    const places = terms.flatMap(({ word, open }) => (open ? this.places(word) : [this.index.table.place(word)]));
    if (terms.length <= 3) places.push(...joined.map((form) => this.index.table.place(form)));
    this.alone = terms.length === 1 && !directory.mixed;
    await this.load(places);
    const all = await Promise.all(terms.map(async ({ word, open, joined }) => {
      const groups = this.exact(word);
      if (open) groups.push(...this.longer(word, groups.length ? weights.goesOn : weights.begins));
      const known = groups.length > 0;
      if (!known && !joined) groups.push(...(await this.near(word, terms.length <= 2)));
      if (terms.length === 1 && word.length >= 8 && this.count(groups) < few) groups.push(...(await this.parts(word)));
      return { groups, open: open && known };
    }));
    const meant = this.instead.flatMap(({ words }) => words);
    this.stand(terms.map(({ word }) => word), meant);
    this.reasons = terms.map((term, i) => this.reason(term, all[i].groups, joined.filter((form) => form.startsWith(term.word) || form.endsWith(term.word))));
    all.forEach(({ groups, open }, i) => this.score(groups, terms[i].joined ? { weight: weights.joined, power: weights.joinedImpact } : { open }));
    for (const form of joined) this.score(this.exact(form), { weight: weights.joined, power: weights.joinedImpact });
    for (const pair of pairs) this.pair(pair);
  }

  // found gives the units that have a score, the best first.
  found() {
    const units = [];
    this.scores.forEach((score, unit) => score > 0 && units.push(unit));
    return units.sort((a, b) => this.scores[b] - this.scores[a] || b - a);
  }

  // having gives the units that have a word as it is, or null if the index does not say.
  async having(word) {
    if (this.index.stops.has(word)) return null;
    await this.need([word]);
    const [group] = this.exact(word);
    if (!group) return new Set();
    const { shard, list } = group[0];
    return new Set(shard.units.subarray(list.from, list.to));
  }
}
