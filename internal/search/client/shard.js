// Reads the files of the index, as FORMAT.md describes them. Anything else throws an error.

const longList = 1000; // postings, more than which are in two files
const utf8 = new TextDecoder("utf-8", { fatal: true });

// inflate gives what was deflated.
export async function inflate(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Reader reads numbers and texts from bytes.
class Reader {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  // number reads a number: seven bits a byte, the lowest first, the highest bit set in all but the last.
  number() {
    let value = 0;
    for (let place = 1; place <= 2 ** 28; place *= 128) {
      const byte = this.data[this.at++];
      if (byte === undefined) break;
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
    throw new Error("damaged number");
  }

  bytes(n) {
    if (n > this.data.length - this.at) throw new Error("cut short");
    this.at += n;
    return this.data.subarray(this.at - n, this.at);
  }

  // texts reads sorted texts: of each how many bytes it has in common with the one before, and the rest.
  texts() {
    const n = this.number();
    const texts = [];
    let last = new Uint8Array(0);
    for (let i = 0; i < n; i++) {
      const shared = this.number();
      const rest = this.bytes(this.number());
      if (shared > last.length) throw new Error("damaged text");
      const text = new Uint8Array(shared + rest.length);
      text.set(last.subarray(0, shared));
      text.set(rest, shared);
      texts.push(utf8.decode(text));
      last = text;
    }
    return texts;
  }

  end() {
    if (this.at !== this.data.length) throw new Error("too long");
  }
}

// readWords reads a shard of words alone.
export function readWords(data) {
  const reader = new Reader(data);
  const texts = reader.texts();
  reader.end();
  return texts;
}

// readTerms reads a shard of terms: the forms; of each its class (the place of the first form in it), and its own list and that
// of its class, as where in units and impacts they begin and end, and how many units (n) they have. A long list has its
// first part alone, unless what the other file has of it (rest, which is its name) is given as others.
export function readTerms(data, entries, findings, others = null) {
  const reader = new Reader(data);
  const more = others && new Reader(others);
  const rest = utf8.decode(reader.bytes(reader.number()));
  const forms = reader.texts();
  const classes = [];
  const own = [];
  const extra = [];
  const parts = [];
  let end = 0;
  const add = (reader, counts) => counts.forEach((length, i) => {
    if (length < 0 || (end += length) > data.length + (others?.length ?? 0)) throw new Error("damaged list");
    parts.push({ reader, length, first: i * entries, limit: entries + i * findings });
  });
  const list = () => {
    const from = end;
    const all = [reader.number(), reader.number()];
    const n = all[0] + all[1];
    const here = n > longList ? [reader.number(), reader.number()] : all;
    add(reader, here);
    if (more && n > longList) add(more, [all[0] - here[0], all[1] - here[1]]);
    return { from, to: end, n };
  };
  forms.forEach((_, i) => {
    const back = reader.number();
    if (back > i) throw new Error("damaged class");
    classes.push(back ? classes[i - back] : i);
    own.push(list());
    extra.push(back ? extra[classes[i]] : list());
  });
  const units = new Uint32Array(end);
  const impacts = new Uint8Array(end);
  let at = 0;
  for (const { reader, length, first, limit } of parts) {
    let next = first;
    for (let i = 0; i < length; i++) {
      units[at++] = next += reader.number();
      if (next++ >= limit) throw new Error("damaged list");
    }
  }
  at = 0;
  for (const { reader, length } of parts) {
    impacts.set(reader.bytes(length), at);
    at += length;
  }
  reader.end();
  more?.end();
  return { data, rest, forms, classes, own, extra, units, impacts };
}

// readFacets reads the columns of the facets: numbers of values, whose names come first.
export function readFacets(data, entries, findings) {
  const line = data.indexOf(10);
  const names = JSON.parse(utf8.decode(data.subarray(0, line)));
  const reader = new Reader(data.subarray(line + 1));
  const column = (n) => Array.from({ length: n }, () => reader.number());
  const [kind, year, topic, region] = [entries, entries, entries, entries].map(column);
  const [gaps, topics, valence] = [findings, findings, findings].map(column);
  reader.end();
  let parent = 0;
  const parents = gaps.map((gap) => (parent += gap));
  return { names, kind, year, topic, region, topics, valence, parents };
}

// readPack gives the files in a pack by name.
export function readPack(data) {
  const files = new Map();
  const sizes = [];
  let at = 0;
  for (;;) {
    const end = data.indexOf(10, at);
    if (end < 0) throw new Error("damaged pack");
    const line = utf8.decode(data.subarray(at, end));
    at = end + 1;
    if (!line) break;
    sizes.push(line.split(" "));
  }
  for (const [name, size] of sizes) files.set(name, data.subarray(at, (at += Number(size))));
  if (at !== data.length) throw new Error("damaged pack");
  return files;
}
