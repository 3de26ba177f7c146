import { words } from "./words.js";
import { inflate, readFacets, readPack, readTerms, readWords } from "./shard.js";

/* global directory */

const nameLength = 4; // characters
const per = [4, 8]; // entries and findings in a file of records
const perGroup = 256; // files of records in a folder

// Table finds the shard of a sorted list that a form belongs in.
class Table {
  constructor({ starts, names }) {
    this.starts = starts.split("|"); // that of the first is empty
    this.names = names;
  }

  place(form) {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= form) low = middle;
      else high = middle;
    }
    return low;
  }

  file(place) {
    return this.names.substr(place * nameLength, nameLength) + ".bin";
  }
}

// Index loads the files of the index, each once.
export class Index {
  constructor(root, fetch) {
    this.root = root;
    this.fetch = fetch;
    this.loads = new Map();
    this.table = new Table(directory.terms);
    this.endings = new Table(directory.endings);
    this.stops = new Set(directory.stop.split(" "));
    // Groups of words or phrases that stand for each other: of each the text and its words.
    this.synonyms = directory.synonyms.map((group) => group.map((text) => (
      { text, words: words(text).map((w) => w.text).filter((word) => !this.stops.has(word)) })));
    this.units = directory.entries + directory.findings;
  }

  // once keeps what make gives; after a failure it is made anew.
  once(name, make) {
    if (!this.loads.has(name)) {
      const load = make();
      this.loads.set(name, load);
      load.catch(() => this.loads.delete(name));
    }
    return this.loads.get(name);
  }

  // answer gives the answer to a request for an address as seen from the index.
  async answer(address) {
    const answer = await this.fetch(new URL(address, this.root).href);
    if (!answer.ok) throw new Error(`search: ${address}: ${answer.status}`);
    return answer;
  }

  async bytes(path) {
    return new Uint8Array(await (await this.answer(path)).arrayBuffer());
  }

  async load(path) {
    if (!directory.pack) return inflate(await this.bytes(path));
    const pack = await this.once("pack", async () => readPack(await this.bytes(directory.pack + ".bin")));
    if (!pack.has(path)) throw new Error(`search: ${path} is missing`);
    return inflate(pack.get(path));
  }

  // read gives what a reader makes of a file of a kind: files of two kinds may be the same.
  read(kind, path, reader) {
    return this.once(kind + path, async () => {
      const data = await this.load(path);
      try {
        return reader(data, directory.entries, directory.findings);
      } catch (error) {
        throw new Error(`search: ${path}: ${error.message}`);
      }
    });
  }

  // terms gives a shard of terms, if it must be whole with all that long lists have.
  async terms(place, whole) {
    const name = this.table.file(place);
    const shard = await this.read("terms", name, readTerms);
    if (!whole || !shard.rest) return shard;
    return this.read("whole" + name, shard.rest + ".bin", (rest, ...sizes) => readTerms(shard.data, ...sizes, rest));
  }

  words(place) {
    return this.read("words", this.endings.file(place), readWords);
  }

  facets() {
    return this.read("facets", directory.facets + ".bin", readFacets);
  }

  // passages gives what a page says, as [id, heading, text].
  passages(url) {
    const below = new URL(url, this.root).pathname.slice(new URL("..", this.root).pathname.length);
    const name = "passages/" + (below.replace(/\/$/, "") || "index") + ".bin";
    return this.once(name, async () => JSON.parse(new TextDecoder().decode(await inflate(await this.bytes(name)))));
  }

  // record gives what a result shows.
  async record(unit) {
    const finding = unit >= directory.entries;
    const id = finding ? unit - directory.entries : unit;
    const file = Math.floor(id / per[+finding]);
    const folder = directory.records[+finding].substr(Math.floor(file / perGroup) * nameLength, nameLength);
    const records = await this.read("records", `${folder}/${file % perGroup}.bin`, (data) => JSON.parse(new TextDecoder().decode(data)));
    const record = records[id % per[+finding]];
    if (!finding) {
      const [url, title, kind, date, excerpt, passages, language = directory.language] = record;
      return { url, title, kind, date, excerpt, language, passages: passages > 0 };
    }
    const [url, title, date, excerpt, label, valence, reach, language = directory.language] = record;
    return { url, title, kind: "findings", date, excerpt, label, valence, reach, language };
  }
}
