// Finds which of a list of old nodes becomes which of a list of new ones.

const most = 2500; // pairs that are compared in one gap

// match gives, for each new node, the old one that becomes it, or undefined; and the old ones that change places.
export function match(olds, nexts) {
  const from = new Array(nexts.length);
  const moved = new Set();
  let start = 0;
  let oldEnd = olds.length;
  let nextEnd = nexts.length;
  while (start < oldEnd && start < nextEnd && olds[start].isEqualNode(nexts[start])) from[start] = olds[start++];
  while (oldEnd > start && nextEnd > start && olds[oldEnd - 1].isEqualNode(nexts[nextEnd - 1])) from[--nextEnd] = olds[--oldEnd];
  let oldAt = start;
  let nextAt = start;
  for (const [i, j] of [...anchors(olds, nexts, start, oldEnd, nextEnd), [oldEnd, nextEnd]]) {
    fill(olds.slice(oldAt, i), nexts, nextAt, j, from);
    if (j < nextEnd) from[j] = olds[i];
    [oldAt, nextAt] = [i + 1, j + 1];
  }
  byId(olds.slice(start, oldEnd), nexts, start, nextEnd, from, moved);
  return { from, moved };
}

const key = (node) => node.outerHTML ?? `${node.nodeType} ${node.data}`; // slow: only where there is a choice

// anchors pairs nodes that are the same, in the longest series that keeps its order, as indices [old, new].
function anchors(olds, nexts, start, oldEnd, nextEnd) {
  if (oldEnd - start < 2 && nextEnd - start < 2) return []; // they differ
  const places = new Map();
  for (let i = start; i < oldEnd; i++) {
    const k = key(olds[i]);
    if (!places.has(k)) places.set(k, []);
    places.get(k).push(i);
  }
  const pairs = [];
  for (let j = start; j < nextEnd; j++) {
    const i = places.get(key(nexts[j]))?.shift();
    if (i !== undefined) pairs.push([i, j]);
  }
  return increasing(pairs);
}

// increasing gives the longest series of pairs whose first numbers increase (patience sorting).
function increasing(pairs) {
  const tops = []; // the last pair of the best series of each length, with the one before it
  for (const pair of pairs) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle].pair[0] < pair[0]) low = middle + 1;
      else high = middle;
    }
    tops[low] = { pair, before: tops[low - 1] };
  }
  const out = [];
  for (let top = tops.at(-1); top; top = top.before) out.unshift(top.pair);
  return out;
}

// alike says whether an old node can become a new one in place.
function alike(old, next) {
  return old.nodeName === next.nodeName && (old.id ?? '') === (next.id ?? '');
}

// fill pairs the nodes between two anchors, in order, so that pairs have as much in common as can be.
function fill(olds, nexts, nextAt, nextEnd, from) {
  const rows = olds.length;
  const columns = nextEnd - nextAt;
  if (rows * columns > most) return first(olds, nexts, nextAt, nextEnd, from);
  const choice = rows + columns > 2;
  const oldKeys = choice && olds.map(key);
  const nextKeys = choice && nexts.slice(nextAt, nextEnd).map(key);
  const score = (i, j) => (!alike(olds[i], nexts[nextAt + j]) ? -1 : choice ? common(oldKeys[i], nextKeys[j]) : 1);
  const best = Array.from({ length: rows + 1 }, () => new Array(columns + 1).fill(0)); // of what is left from here
  const paired = Array.from({ length: rows }, () => []);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const without = Math.max(best[i + 1][j], best[i][j + 1]);
      const own = score(i, j);
      paired[i][j] = own >= 0 && best[i + 1][j + 1] + own >= without;
      best[i][j] = paired[i][j] ? best[i + 1][j + 1] + own : without;
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (paired[i][j]) from[nextAt + j++] = olds[i++];
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  }
}

// first pairs each new node with the first old one that will do, where there are too many to compare.
function first(olds, nexts, nextAt, nextEnd, from) {
  let i = 0;
  for (let j = nextAt; j < nextEnd; j++) {
    const found = olds.findIndex((old, at) => at >= i && alike(old, nexts[j]));
    if (found < 0) continue;
    from[j] = olds[found];
    i = found + 1;
  }
}

// common gives the share of two texts that they begin and end alike with.
function common(a, b) {
  const [start, end] = differing(a, b);
  return (start + end) / Math.max(a.length, b.length, 1);
}

// differing gives how many characters two texts begin and end alike with.
export function differing(a, b) {
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && a[start] === b[start]) start++;
  let end = 0;
  while (end < least - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
}

// byId pairs elements that have kept their id but not their place.
function byId(olds, nexts, nextAt, nextEnd, from, moved) {
  const used = new Set(from);
  const free = new Map();
  for (const old of olds) if (old.id && !used.has(old)) free.set(old.id, old);
  for (let j = nextAt; j < nextEnd; j++) {
    const old = from[j] ? undefined : free.get(nexts[j].id);
    if (!old || !alike(old, nexts[j])) continue;
    from[j] = old;
    moved.add(old);
    free.delete(old.id);
  }
}
