// Keeps unsaved words in the browser, so that they outlive it: each text with the tag of the bytes that they began from.
import { about } from './words.js';

const store = 'unsaved';
const prefix = `${about.folder} `; // several publications may be edited at one address

let opened;

// open gives the database. One that failed, or that the browser closed, is opened anew for who asks next.
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('leerblad', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => {
      request.result.onclose = () => { opened = undefined; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function run(mode, act) {
  const db = await open().catch(open); // once more: a disk that was busy
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

// keep keeps the words of a text.
export const keep = (path, kept) => run('readwrite', (s) => s.put({ ...kept, at: Date.now() }, prefix + path));

// kept gives what is kept of a text, or undefined.
export const kept = (path) => run('readonly', (s) => s.get(prefix + path));

// drop forgets them: they were saved, or are not wanted.
export const drop = (path) => run('readwrite', (s) => s.delete(prefix + path));

const lock = (path) => `leerblad ${prefix}${path}`;
const held = new Map();

// hold tells other pages that this one has the text open.
export function hold(path) {
  navigator.locks?.request(lock(path), () => new Promise((release) => { held.set(path, release); }));
}

// release ends that.
export function release(path) {
  held.get(path)?.();
  held.delete(path);
}

// left gives the paths of texts with unsaved words that no open page has.
export async function left() {
  const keys = await run('readonly', (s) => s.getAllKeys());
  const open = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)).filter((path) => !open.has(lock(path)));
}
