// Makes elements.

// el makes an element with properties, attributes, listeners (onclick …) and children; texts stay texts, and what is null or false is left out.
export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'dataset') Object.assign(made.dataset, value);
    else if (key in made && key !== 'list' && key !== 'form') made[key] = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// button makes a button that does something.
export function button(text, act, properties = {}) {
  return el('button', { type: 'button', onclick: act, ...properties }, text);
}

// hidden makes a text that only screen readers say.
export function unseen(text) {
  return el('span', { className: 'unseen' }, text);
}

let last = 0;

// id gives a name for an element that no other has.
export function id(prefix) {
  return `${prefix}-${++last}`;
}

// later gives a function that does act when nobody has called it for some milliseconds; its flush does now what waits, and drop never.
export function later(act, milliseconds) {
  let timer;
  let waits = null;
  const run = () => {
    const args = waits;
    waits = null;
    clearTimeout(timer);
    return args && act(...args);
  };
  const call = (...args) => {
    waits = args;
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
  call.flush = run;
  call.drop = () => { waits = null; };
  return call;
}
