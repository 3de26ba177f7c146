// Asks the server over HTTP.
const root = '/_leerblad/api/';
let token = document.querySelector('meta[name="leerblad-token"]').content;

// Refusal is an answer of the server that it will not do something; its message is for people. Answer holds all that came.
export class Refusal extends Error {
  constructor(status, answer, etag) {
    super(answer?.error?.message ?? `HTTP ${status}`);
    Object.assign(this, { status, code: answer?.error?.code, answer, etag });
  }
}

const encode = (path) => path.split('/').map(encodeURIComponent).join('/');

async function send(method, address, { headers = {}, body, signal, again = true } = {}) {
  const response = await fetch(root + address, { method, body, signal, headers: { ...headers, 'X-Leerblad-Token': token } });
  if (response.ok) return response;
  const text = await response.text();
  let answer;
  try {
    answer = JSON.parse(text);
  } catch { // not of the desk
  }
  // The server was started anew, and has another token.
  if (response.status === 403 && again && await renew()) return send(method, address, { headers, body, signal, again: false });
  throw new Refusal(response.status, answer, response.headers.get('ETag'));
}

async function renew() {
  const page = new DOMParser().parseFromString(await (await fetch('/_leerblad/')).text(), 'text/html');
  const now = page.querySelector('meta[name="leerblad-token"]')?.content;
  if (!now || now === token) return false;
  token = now;
  return true;
}

const json = async (response) => (await response).json();

// get gives what the server answers, as data.
export const get = (address) => json(send('GET', address));

// post sends data, or a form with files, and gives the answer as data.
export function post(address, data) {
  if (data instanceof FormData) return json(send('POST', address, { body: data }));
  return json(send('POST', address, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(data) }));
}

// read gives a text with the tag of its bytes. Its byte order mark and line ends stay in it; what is no UTF-8 throws a TypeError.
export async function read(path) {
  const response = await send('GET', `texts/${encode(path)}`);
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
  return { text, etag: response.headers.get('ETag') };
}

// version gives the words of a version of a text, of which address is that of its versions.
export async function version(address, id) {
  const response = await send('GET', `${address}?version=${encodeURIComponent(id)}`);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
}

// write saves a text over the bytes that etag names, or a new one without; it gives the tag of what is there now.
export async function write(path, text, etag) {
  const condition = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' };
  const response = await send('PUT', `texts/${encode(path)}`, { headers: { 'Content-Type': 'text/plain; charset=utf-8', ...condition }, body: text });
  return response.headers.get('ETag');
}

// publish puts the site where readers are, and gives what was done; step hears how far it is, and signal breaks it off.
export async function publish(step, signal) {
  const response = await send('POST', 'publish', { headers: { 'Content-Type': 'application/json' }, body: '{}', signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; ;) {
    const { done, value } = await reader.read();
    if (done) return undefined;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const said = JSON.parse(line);
      if (said.error) throw new Refusal(response.status, said);
      if (said.published) return said.published;
      step(said.done, said.of);
    }
  }
}

// stop ends the program.
export const stop = () => send('POST', 'stop');

// thumbnail gives the address of a picture of the publication.
export const thumbnail = (path) => `${root}media/${encode(path)}`;
