// WebKit behind as much of Puppeteer's way of asking as the tests need: Puppeteer does not drive it, WebKitWebDriver does, in a window of
// Xvfb. What a page writes in its console stays unknown: the protocol does not tell.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'; // by which the protocol knows references to elements
const codes = {
  Enter: '\uE007', Tab: '\uE004', Shift: '\uE008', Control: '\uE009', Escape: '\uE00C', End: '\uE010', Delete: '\uE017', Alt: '\uE00A', ArrowLeft: '\uE012', Home: '\uE011', ArrowDown: '\uE015', ArrowUp: '\uE013', ArrowRight: '\uE014', F6: '\uE036',
};

// launch starts Xvfb and WebKitWebDriver; downloads is the folder that gets them.
export async function launch(downloads) {
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise((done, failed) => {
    screen.stdout.on('data', (data) => done(String(data).trim()));
    screen.on('error', failed);
    screen.on('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)));
  });
  const port = await free();
  const env = { ...process.env, DISPLAY: `:${number}`, WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
  if (downloads) {
    env.XDG_CONFIG_HOME = join(downloads, '.config');
    mkdirSync(env.XDG_CONFIG_HOME);
    writeFileSync(join(env.XDG_CONFIG_HOME, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  }
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  await new Promise((done, failed) => {
    driver.on('spawn', done);
    driver.on('error', failed);
  });
  return new Browser(`http://127.0.0.1:${port}`, [driver, screen]);
}

function free() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

class Browser {
  constructor(address, programs) {
    Object.assign(this, { address, programs });
  }

  // createBrowserContext starts a browser of its own, which keeps nothing.
  async createBrowserContext() {
    const { sessionId } = await this.#begin();
    const page = new Page(`${this.address}/session/${sessionId}`);
    await page.setViewport({ width: 1300, height: 900 });
    return { newPage: async () => page, close: () => page.ask('DELETE', '') };
  }

  async #begin() {
    const body = { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { args: ['--automation'] }, unhandledPromptBehavior: 'accept' } } };
    for (let tries = 1; ; tries++) {
      try {
        return await ask(`${this.address}/session`, 'POST', body);
      } catch (error) {
        if (tries === 50) throw error; // the driver has just been started
        await sleep(100);
      }
    }
  }

  async close() {
    for (const program of this.programs) program.kill();
  }
}

async function ask(address, method, body) {
  const answer = await fetch(address, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

class Page {
  constructor(address) {
    Object.assign(this, { address, keyboard: new Keyboard(this) });
  }

  ask(method, path, body) {
    return ask(this.address + path, method, body);
  }

  setDefaultTimeout() {}

  on() {}

  once() {} // dialogs are accepted

  goto(url) { return this.ask('POST', '/url', { url }); }

  setViewport({ width, height }) { return this.ask('POST', '/window/rect', { width, height }); }

  bringToFront() {}

  reload() { return this.ask('POST', '/refresh', {}); }

  async evaluateHandle(act, ...args) {
    const value = await this.ask('POST', '/execute/sync', {
      script: `return (${act}).apply(null, arguments)`, args: args.map((arg) => (arg instanceof Handle ? arg.value : arg ?? null)),
    });
    return new Handle(this, value);
  }

  async evaluate(act, ...args) {
    return (await this.evaluateHandle(act, ...args)).value;
  }

  async $eval(selector, act) {
    return this.evaluate(`(selector) => (${act})(document.querySelector(selector))`, selector);
  }

  // waitForFileChooser gives what puts a file into the field that was clicked or has the focus: there is no dialog to wait for.
  async waitForFileChooser() {
    return {
      accept: async ([file]) => {
        const { id } = this.clicked ?? await this.evaluateHandle(() => document.activeElement);
        await this.ask('POST', `/element/${id}/value`, { text: file });
      },
    };
  }
}

class Handle {
  constructor(page, value) {
    Object.assign(this, { page, value, id: value?.[elementKey] });
  }

  asElement() { return this.id ? this : null; }

  async jsonValue() { return this.value; }

  evaluate(act, ...args) { return this.page.evaluate(act, this, ...args); }

  async click() {
    if (await this.evaluate((e) => e.matches('input[type=file]'))) this.page.clicked = this;
    else await this.page.ask('POST', `/element/${this.id}/click`, {});
  }

  select(value) {
    return this.evaluate((e, to) => {
      e.value = to;
      e.dispatchEvent(new Event('input', { bubbles: true }));
      e.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  }
}

class Keyboard {
  constructor(page) {
    this.page = page;
  }

  #act(...actions) {
    return this.page.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  down(key) { return this.#act({ type: 'keyDown', value: codes[key] ?? key }); }

  up(key) { return this.#act({ type: 'keyUp', value: codes[key] ?? key }); }

  press(key) {
    const value = codes[key] ?? key;
    return this.#act({ type: 'keyDown', value }, { type: 'keyUp', value });
  }

  async type(words) {
    for (const letter of words) await this.press(letter);
  }
}
