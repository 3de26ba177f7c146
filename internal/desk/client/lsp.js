// Speaks the Language Server Protocol with the server, over a WebSocket that is opened again whenever it was lost.
import { LSPClient } from './codemirror.js';
import { about, say } from './words.js';

const again = 700; // milliseconds until a lost server is looked for again

export class Server extends EventTarget {
  #socket;
  #left = false;
  #handlers = new Set();
  connected = false;

  // extensions are those of editors; handlers are for notifications, by their method.
  constructor(extensions, handlers) {
    super();
    const on = (name) => (_, params) => {
      handlers[name](params);
      return true;
    };
    this.client = new LSPClient({
      rootUri: 'leerblad:///', timeout: 20000, sanitizeHTML: clean, extensions,
      notificationHandlers: Object.fromEntries(Object.keys(handlers).map((name) => [name, on(name)])),
    });
    if (!about.readOnly) this.#open(); // elsewhere it answers nobody
  }

  // ask asks the server, which knows of what was typed what sync has sent.
  ask(method, params = {}) {
    if (!this.connected) return Promise.reject(new Error(say('noServer')));
    return this.client.request(method, params);
  }

  // about asks something about a text.
  about(method, path, params = {}) {
    return this.ask(method, { textDocument: { uri: uri(path) }, ...params });
  }

  // close leaves the server for good.
  close() {
    this.#left = true;
    this.#socket.close();
  }

  // sync sends what was typed.
  sync() {
    if (this.connected) this.client.sync();
  }

  #open() {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/_leerblad/lsp`);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.connected = true;
      this.client.connect(this.#transport(socket));
      this.client.initializing.then(() => this.dispatchEvent(new Event('connected')), () => socket.close());
    });
    socket.addEventListener('message', ({ data }) => {
      for (const handle of this.#handlers) handle(data);
    });
    socket.addEventListener('close', () => {
      if (this.connected) this.client.disconnect();
      this.connected = false;
      if (this.#left) return;
      this.dispatchEvent(new Event('lost'));
      setTimeout(() => this.#open(), again);
    });
  }

  #transport(socket) {
    return {
      send: (message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(message);
      },
      subscribe: (handle) => this.#handlers.add(handle),
      unsubscribe: (handle) => this.#handlers.delete(handle),
    };
  }
}

// uri names a text of the publication.
export const uri = (path) => `leerblad:///${path.split('/').map(encodeURIComponent).join('/')}`;

// pathOf gives the text that a uri names.
export const pathOf = (name) => decodeURIComponent(name.replace(/^leerblad:\/\/\//, ''));

const allowed = 'p, br, hr, em, strong, del, code, pre, ul, ol, li, blockquote, h1, h2, h3, h4, table, thead, tbody, tr, th, td';

// clean leaves of HTML what texts need, and no attributes: what the server tells holds words of texts.
export function clean(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const e of [...body.querySelectorAll('*')]) {
    for (const { name } of [...e.attributes]) e.removeAttribute(name);
    if (!e.matches(allowed)) e.replaceWith(...(e.matches('script, style, template') ? [] : e.childNodes));
  }
  return body.innerHTML;
}
