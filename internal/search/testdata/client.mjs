// node client.mjs MODULES VECTORS: checks the modules of the client with the vectors that the writer is checked with, and with
// damaged shards and odd queries. Prints what is wrong, and nothing if all is well.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, vectors] = process.argv.slice(2);
const from = (name) => import(pathToFileURL(`${modules}/${name}.js`).href);
const [{ words }, { readTerms, readWords, inflate }, { parse }, { says, textOf }, { distance }] =
  await Promise.all(["words", "shard", "query", "phrase", "near"].map(from));
const json = (name) => JSON.parse(fs.readFileSync(`${vectors}/${name}.json`, "utf8"));
const same = (what, got, want) => {
  if (JSON.stringify(got) !== JSON.stringify(want)) console.log(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
};

for (const { text, words: want } of json("tokens")) same(text, words(text).map((w) => w.text), want);

const { entries, findings, data, forms } = json("shard");
const shard = Buffer.from(data, "hex");
const pairs = (s, { from, to }) => Array.from(s.units.slice(from, to), (u, j) => [u, s.impacts[from + j]]);
const lists = (s) => s.forms.map((form, i) => ({
  form, class: s.classes[i],
  own: pairs(s, s.own[i]), extra: pairs(s, s.extra[i]),
}));
same("shard", lists(readTerms(shard, entries, findings)), forms);

// A damaged shard is an Error or other lists, within bounds and soon.
let seed = 1;
const random = (n) => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) % n;
};
for (let round = 0; round < 20000; round++) {
  const damaged = Uint8Array.from(shard.subarray(0, random(4) ? shard.length : random(shard.length)));
  for (let i = random(4); i >= 0; i--) damaged[random(damaged.length || 1)] = random(256);
  for (const read of [readTerms, readWords]) {
    try {
      const got = read(damaged, entries, findings);
      if (got.units?.some((u) => u >= entries + findings)) console.log("unit out of bounds", Buffer.from(damaged).toString("hex"));
    } catch (error) {
      if (/allocation|Invalid array/.test(error.message) || !(error instanceof Error)) console.log(String(error));
    }
  }
}
await inflate(new Uint8Array([1, 2, 3])).then(() => console.log("inflate takes damaged data"), () => {});

const signs = [..."ab -'’\"“”„«»<>&*|\u00ad\u0301é😀\n0"];
const stops = new Set(["a"]);
for (let round = 0; round < 20000; round++) {
  const query = Array.from({ length: random(12) }, () => signs[random(signs.length)]).join("");
  const { terms, pairs, phrases } = parse(query, stops);
  if (terms.some((t) => !t.word || /[ *<|]/.test(t.word)) || terms[0]?.follows || phrases.flat().includes("")) console.log("query", JSON.stringify(query));
  if (pairs.some((p) => stops.has(p.first) && stops.has(p.second))) console.log("pair", JSON.stringify(query));
}
same("open", parse("de markt", stops).terms.map((t) => t.open), [false, true]);
same("closed", parse("markt ", stops).terms.map((t) => t.open), [false]);
same("stop words alone", parse("a a", stops).terms.length, 2);
same("phrases", parse("x „b c” \"d\"", stops).phrases, [["b", "c"], ["d"]]);
same("text", textOf("<p>no</p><main id=m><p>a<b>b</b></p><script>x</script>c &amp; d&#233;</main>").trim().split(/\s+/), ["ab", "c", "&", "dé"]);
same("says", [says("a b c", ["b", "c"]), says("a c b", ["b", "c"])], [true, false]);
same("distance", [distance("gemeente", "gemeetne", 2), distance("abc", "abd", 1), distance("abcd", "xy", 1)], [1, 1, 2]);
