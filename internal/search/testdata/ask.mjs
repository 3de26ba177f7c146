// node ask.mjs SITE ROOT: answers the searches of standard input with the client of SITE/search, each with a new searcher unless
// "warm"; "why" asks for excerpts too. What is fetched is read from SITE, ROOT being its place on the server, and pages from SITE/pages.json; "without" names a file that is missing, "damaged" one that is cut.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [site, root] = process.argv.slice(2);
const { open } = await import(pathToFileURL(`${site}/search/client.js`).href);
const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const pages = JSON.parse(fs.readFileSync(`${site}/pages.json`));
const answers = [];
let searcher, now;
const fetch = async (url) => {
  const path = new URL(url).pathname;
  now.fetched.push(path);
  if (pages[path]) return new Response(pages[path]);
  const file = site + "/" + path.slice(root.length);
  if (!path.startsWith(root) || path.endsWith(now.without) || !fs.existsSync(file)) return new Response("", { status: 404 });
  return new Response(path.endsWith(now.damaged) ? fs.readFileSync(file).subarray(3) : fs.readFileSync(file));
};
for (const search of asked) {
  now = { ...search, fetched: [] };
  if (!search.warm || !searcher) searcher = await open(`https://example.org${root}search/`, { fetch });
  try {
    const answer = await searcher.search(search.query, search.options);
    const show = (text) => answer.marked(text).map(([piece, found]) => (found ? `[${piece}]` : piece)).join("");
    for (const result of answer.results) result.shown = show(result.title);
    if (search.why) {
      for (const result of answer.results) {
        const best = await answer.excerpt(result);
        result.why = best && `${best.url} ${show(best.heading)}: ${show(best.text)}`;
      }
    }
    answers.push({ ...answer, fetched: now.fetched });
  } catch (error) {
    answers.push({ error: error.message, fetched: now.fetched });
  }
}
console.log(JSON.stringify(answers));
