// On a narrow page one part shows at a time, behind tabs; F6 goes from part to part.
import { move } from './toolbar.js';

const parts = ['texts', 'write', 'page'];

// views gives show(part).
export function views() {
  const tabs = parts.map((part) => document.getElementById(`tab-${part}`));
  const show = (part) => {
    document.body.dataset.view = part;
    tabs.forEach((tab, i) => {
      tab.setAttribute('aria-selected', String(parts[i] === part));
      tab.tabIndex = parts[i] === part ? 0 : -1;
    });
  };
  tabs.forEach((tab, i) => tab.addEventListener('click', () => show(parts[i])));
  const bar = document.getElementById('tabs');
  bar.addEventListener('keydown', (event) => {
    const shown = tabs.filter((tab) => tab.checkVisibility());
    move(event, shown);
    if (shown.includes(document.activeElement)) document.activeElement.click();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'F6') return;
    event.preventDefault();
    const all = [...document.querySelectorAll('[data-part]')].filter((e) => e.checkVisibility());
    const at = all.findIndex((e) => e.contains(document.activeElement));
    const next = all[(at + (event.shiftKey ? -1 : 1) + all.length) % all.length];
    (next.matches('[tabindex]') ? next : next.querySelector('[role=textbox], input, a, button, summary') ?? next).focus();
  });
  show(location.hash.length > 1 ? 'write' : 'texts');
  return { show };
}
