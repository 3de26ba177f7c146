import { filtered, filtering } from "./facets.js";
import { Index } from "./index.js";
import { withPhrases } from "./phrase.js";
import { parse } from "./query.js";
import { Search } from "./search.js";
import { Why } from "./why.js";

/* global directory */

// open gives a searcher of the index at root, the URL of its folder.
export async function open(root, { fetch = (...call) => globalThis.fetch(...call) } = {}) {
  const index = new Index(root, fetch);
  return {
    // search gives the best results of a query. filters holds values by facet: kind, topic, region, year and valence.
    // facets asks for counts by value; left out, they are given if they cost little or filters need them. Without filters, counts
    // and phrases the longest lists are not read to their end, and atLeast says that there may be more results than total; what else there
    // is follows once the limit is beyond what was read.
    async search(query, { limit = 10, filters = {}, facets: asked } = {}) {
      const parsed = parse(query, index.stops);
      const exact = asked || filtering(filters);
      const count = parsed.terms.length && (exact || (directory.light && asked !== false));
      let search = new Search(index, exact || parsed.phrases.length > 0);
      const [columns] = await Promise.all([count ? index.facets() : null, search.run(parsed)]);
      let units = search.found();
      if (search.most && limit > units.length) {
        const read = new Set(units);
        search = new Search(index, true);
        await search.run(parsed);
        units.push(...search.found().filter((unit) => !read.has(unit)));
      }
      if (parsed.phrases.length) units = await withPhrases(search, index, units, parsed.phrases);
      const { passing, facets } = columns && !search.most ? filtered(columns, units, filters) : { passing: units, facets: {} };
      const results = await Promise.all(passing.slice(0, limit).map(async (unit) => (
        { ...(await index.record(unit)), score: search.scores[unit] })));
      // marked gives a text as pieces, of each whether the words in it are those that were looked for; instead are other words that were
      // looked for too, unless all that was typed stands between quotation marks.
      const why = new Why(search.reasons);
      return {
        total: Math.max(passing.length, search.most), atLeast: search.most > 0, results, facets,
        marked: (text) => why.pieces(text),
        instead: parsed.phrases.length ? [] : search.instead,
        // excerpt gives the best place in the text of a result with passages: { heading, text, url }, or null.
        excerpt: async ({ url, passages }) => {
          const best = passages ? why.best(await index.passages(url)) : null;
          return best && { heading: best.heading, text: best.text, url: best.anchor ? `${url}#${best.anchor}` : url };
        },
      };
    },
  };
}
