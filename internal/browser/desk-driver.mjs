// Drives the desk in Chromium and in Firefox, and for some tasks in WebKit, as somebody with a keyboard alone and as somebody with a mouse.
import assert from 'node:assert/strict';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = Number(process.env.PATIENCE ?? 20000);

// kill ends a browser as a failing machine does. What was started may be a shell that has started it.
export async function kill(browser) {
  const { pid } = browser.process();
  const isShell = /\/(ba|da)?sh$/.test(readlinkSync(`/proc/${pid}/exe`));
  const own = isShell ? Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]) : pid;
  const ended = new Promise((done) => { browser.process().on('exit', done); });
  process.kill(own, 'SIGKILL');
  await ended;
}

// found runs in the page: it gives what has a role and a name, as screen readers tell them, within the open dialog or else the page.
function found(role, name, within) {
  const roles = {
    button: 'button, [role=button]', link: 'a[href]', textbox: 'input:not([type]), input[type=text], input[type=url], textarea, [role=textbox]', searchbox: 'input[type=search]',
    date: 'input[type=date]', file: 'input[type=file]', checkbox: 'input[type=checkbox]', radio: 'input[type=radio]', combobox: 'select', option: '[role=option]',
    dialog: 'dialog[open]', status: '[role=status]', alert: '[role=alert]', summary: 'summary',
  };
  const plain = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (e) => {
    const by = e.getAttribute('aria-labelledby');
    if (by) return plain(by.split(' ').map((one) => document.getElementById(one)?.textContent).join(' '));
    const label = e.getAttribute('aria-label');
    if (label) return plain(label);
    return plain(e.labels?.length ? [...e.labels].map((l) => l.textContent).join(' ') : e.textContent);
  };
  const wanted = (text) => (name.pattern ? new RegExp(name.pattern, name.flags).test(text) : text === name.text);
  const top = [...document.querySelectorAll('dialog[open]')].at(-1);
  const scope = (top && !top.matches('.cm-tooltip') ? top : document);
  const places = within ? [...scope.querySelectorAll(within)] : [scope];
  for (const place of role === 'dialog' ? [document] : places) {
    for (const e of place.querySelectorAll(roles[role])) {
      if (e.checkVisibility({ visibilityProperty: true }) && wanted(nameOf(e))) return e;
    }
  }
  return null;
}

// becomes waits until a question has the wanted answer.
export async function becomes(ask, want, why = '') {
  let got;
  for (const end = Date.now() + patience; Date.now() < end;) {
    got = await ask();
    if (want instanceof RegExp ? want.test(got) : got === want) return got;
    await sleep(50);
  }
  return assert.fail(`${why} got ${got}, want ${want}`);
}

const passed = (name) => (name instanceof RegExp ? { pattern: name.source, flags: name.flags } : { text: name });

// Desk is the page of the desk in one browser. Way is keyboard or pointer.
export class Desk {
  problems = []; // what the browser told of the page

  constructor(page, way) {
    Object.assign(this, { page, way, keys: page.keyboard });
    page.setDefaultTimeout(patience);
    page.on('pageerror', (error) => this.problems.push(`error: ${error.message}`));
    page.on('console', (m) => m.type() === 'error' && this.problems.push(`${m.text()} ${m.location()?.url ?? ''}`));
  }

  // open opens it in a browser; what the browser keeps, it keeps for this desk alone, unless it is to be kept.
  static async open(browser, way, address, { kept = false } = {}) {
    const context = kept ? browser.defaultBrowserContext() : await browser.createBrowserContext();
    const desk = new Desk(await context.newPage(), way);
    desk.close = () => (kept ? desk.page.close() : context.close());
    await desk.page.goto(`${address}_leerblad/`);
    await desk.ready();
    return desk;
  }

  // until waits for something in the page; Puppeteer's own waiting would need eval there, which the page forbids.
  async until(ask, ...args) {
    for (const end = Date.now() + patience; ;) {
      const handle = await this.page.evaluateHandle(ask, ...args);
      if (handle.asElement() || await handle.jsonValue()) return handle.asElement();
      if (Date.now() > end) throw new Error('it does not come');
      await sleep(40);
    }
  }

  // ready waits until the page has the texts and speaks with the server.
  ready() {
    return this.until(() => document.querySelector('#texts a') !== null);
  }

  // find waits for what has a role and a name.
  async find(role, name, within) {
    try {
      return await this.until(found, role, passed(name), within);
    } catch (error) {
      const shown = await this.page.evaluate(() => ([...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body).innerText.replace(/\n+/g, ' | ').slice(0, 3000));
      assert.fail(`no ${role} ${name}: ${error.message}: ${shown}`);
    }
  }

  // gone waits until there is none.
  gone(role, name) {
    return becomes(async () => (await this.page.evaluateHandle(found, role, passed(name))).asElement() === null, true, `${role} ${name}`);
  }

  // part goes to a part of the page: with F6, as the keyboard does.
  async part(label) {
    for (let i = 0; i < 12; i++) {
      const now = await this.page.evaluate(() => document.activeElement.closest('[data-part]')?.getAttribute('aria-label'));
      if (now === label) return;
      await this.keys.press('F6');
    }
    assert.fail(`F6 does not come to ${label}`);
  }

  // to puts the focus on what has a role and a name: by Tab, or, for the pointer, by a click. What was made anew meanwhile, as lists are, is found again.
  async to(role, name, { within, part } = {}) {
    if (this.way === 'pointer') return this.click(() => this.find(role, name, within));
    let wanted = await this.find(role, name, within);
    if (part) await this.part(part);
    const seen = [];
    for (let i = 0; i < 200; i++) {
      if (!await wanted.evaluate((e) => e.isConnected)) wanted = await this.find(role, name, within);
      const [is, now, isBefore] = await wanted.evaluate((e) => {
        const a = document.activeElement;
        const radio = (x) => x.matches('input[type=radio]');
        return [a === e || radio(a) && radio(e) && a.name === e.name, (a.getAttribute('aria-label') ?? a.labels?.[0]?.textContent ?? a.textContent ?? '').trim().slice(0, 30),
          a.contains(e) ? false : Boolean(a.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)];
      });
      if (is) return wanted;
      seen.push(now);
      await (isBefore ? this.chord('Shift', 'Tab') : this.keys.press('Tab'));
    }
    return assert.fail(`Tab does not come to ${role} ${name}: ${seen.slice(0, 60).join(' | ')}`);
  }

  // click clicks on what find gives; what was made anew meanwhile is found again.
  async click(find) {
    for (let tries = 1; ; tries++) {
      const wanted = await find();
      try {
        await wanted.evaluate((e) => e.scrollIntoView({ block: 'center', behavior: 'instant' }));
        await wanted.click();
        return wanted;
      } catch (error) {
        if (tries === 5 || await wanted.evaluate((e) => e.isConnected)) throw error;
      }
    }
  }

  // press does what a button or link does.
  async press(role, name, where) {
    await this.to(role, name, where);
    if (this.way === 'keyboard') await this.keys.press(role === 'checkbox' ? ' ' : 'Enter');
  }

  // type puts words in a field, in place of what stands there.
  async type(role, name, words, where) {
    const field = await this.to(role, name, where);
    await field.evaluate((e) => e.select?.());
    await this.keys.type(words);
  }

  // date puts a day in a field of the browser's own, which is typed as Americans do.
  async date(name, day, where) {
    const field = await this.to('date', name, where);
    if (this.way === 'pointer') await field.evaluate((e) => e.focus()); // a click is on one of its three numbers
    const [year, month, date] = day.split('-');
    await this.keys.type(month + date + year);
    assert.equal(await field.evaluate((e) => e.value), day);
  }

  // choose takes an option of a list.
  async choose(name, label) {
    const list = await this.to('combobox', name);
    if (this.way === 'pointer') return list.select(await list.evaluate((e, text) => [...e.options].find((o) => o.text === text).value, label));
    await this.keys.type(label);
    return becomes(() => list.evaluate((e) => e.selectedOptions[0].text), label);
  }

  // tick takes one of some round boxes.
  async tick(name, within) {
    const radio = await this.to('radio', name, { within });
    for (const arrow of ['ArrowDown', 'ArrowUp']) { // in WebKit the last one does not lead to the first
      for (let i = 0; this.way === 'keyboard' && i < 10 && !await radio.evaluate((e) => e.checked); i++) await this.keys.press(arrow);
    }
    assert.ok(await radio.evaluate((e) => e.checked), `${name} is not ticked`);
  }

  // untick takes the tick from a box.
  async untick(name, where) {
    const box = await this.to('checkbox', name, where);
    if (this.way === 'keyboard') await this.keys.press(' ');
    assert.ok(!await box.evaluate((e) => e.checked), `${name} is still ticked`);
  }

  // about gives a selector of the question that has some words in it.
  async about(words) {
    const group = await this.until((text) => [...document.querySelectorAll('dialog[open] fieldset')].find((e) => e.querySelector('legend').textContent.includes(text)) ?? null, words);
    return `fieldset:nth-of-type(${await group.evaluate((e) => [...e.parentElement.querySelectorAll(':scope > fieldset')].indexOf(e) + 1)})`;
  }

  // tool uses a button above the text: from the text, Shift and Tab come to the bar, and arrows go along it.
  async tool(name) {
    const wanted = await this.find('button', name, '.toolbar');
    if (this.way === 'pointer') return this.click(() => wanted);
    await this.chord('Shift', 'Tab');
    for (let i = 0; i < 20 && !await wanted.evaluate((e) => e === document.activeElement); i++) await this.keys.press('ArrowRight');
    return this.keys.press('Enter');
  }

  // bring gives a file to a field for files.
  async bring(name, file) {
    const chooser = this.page.waitForFileChooser();
    await this.to('file', name);
    if (this.way === 'keyboard') await this.keys.press(' ');
    await (await chooser).accept([file]);
  }

  // pick finds a text or finding by its words and takes the first.
  async pick(words, title) {
    await this.find('searchbox', 'Zoek op woorden');
    await this.keys.type(words);
    await becomes(() => this.page.$eval('dialog[open] input[type=search]', (e) => e.value), words);
    await sleep(400); // it looks a moment after the last letter
    if (this.way === 'pointer') return void await this.click(() => this.find('option', title));
    const option = await this.find('option', title);
    for (let i = 0; i < 12 && await option.evaluate((e) => e.getAttribute('aria-selected')) !== 'true'; i++) await this.keys.press('ArrowDown');
    return this.keys.press('Enter');
  }

  // openText finds a text by its title in the list and opens it.
  async openText(title) {
    await this.type('searchbox', 'Zoek een tekst of bevinding', title, { part: 'Teksten' });
    await this.press('link', title, { within: '#texts .found' });
    await becomes(() => this.page.$eval('#title', (e) => e.textContent), title);
    await this.said(/^(Bewaard)?$/); // where one may only read, it says nothing
  }

  // said waits until the text is saved, or not.
  said(state) {
    return becomes(() => this.page.$eval('#saved', (e) => e.textContent), state);
  }

  // kept waits until the browser keeps some words that are not saved, a moment after they are typed.
  kept(words) {
    return becomes(() => this.page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open('leerblad', 1);
      opening.onsuccess = () => {
        const all = opening.result.transaction('unsaved').objectStore('unsaved').getAll();
        all.onsuccess = () => {
          opening.result.close();
          done(all.result.map(({ text }) => text).join());
        };
      };
    })), words);
  }

  // caret goes into the text, to the end of the line that begins with some words.
  async caret(line) {
    if (this.way === 'pointer') {
      const place = await this.until((words) => [...document.querySelectorAll('.cm-line')].find((e) => e.textContent.includes(words)) ?? null, line);
      await this.click(() => place);
    } else {
      await this.part('Tekst');
      await this.to('textbox', 'Tekst');
      await this.chord('Control', 'f'); // as one finds a place in a long text
      await this.page.waitForSelector('.cm-search input[name=search]');
      await this.keys.type(line);
      await this.keys.press('Enter');
      await this.keys.press('Escape');
    }
    await this.keys.press('End');
  }

  async chord(...pressed) {
    const last = pressed.pop();
    for (const key of pressed) await this.keys.down(key);
    await this.keys.press(last);
    for (const key of pressed.reverse()) await this.keys.up(key);
  }

  // save writes the text, which must become saved unless a question comes.
  async save({ asks = false } = {}) {
    if (this.way === 'keyboard') await this.chord('Control', 's');
    else await this.press('button', 'Bewaren');
    if (!asks) await this.said('Bewaard');
  }
}
