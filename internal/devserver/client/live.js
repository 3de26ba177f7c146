// Keeps an open page of the preview as the server has it, without loading it again.
import { Mirror, addresses } from './mirror.js';
import { Panel } from './panel.js';
import { Places, placeInView, placeOf } from './place.js';
import { hold, show } from './view.js';

const scrollKey = 'leerblad-scroll';
const marks = { failed: '✗ ', lost: '… ', good: '' };
const own = '/_leerblad/';
const builds = `${own}builds/`;
const again = 500; // milliseconds until a lost server is looked for again

const tag = document.querySelector('script[data-client]');
const { client, mail } = tag.dataset;
let { sum, seen } = tag.dataset;
tag.remove(); // the server's pages do not have it
const path = location.pathname; // scripts may write another address
const mirror = new Mirror();
let panel;
let places;
let source;
let timer;
let state = 'good';
let base; // and language of the site
let language;

function restoreScroll() {
  const saved = JSON.parse(sessionStorage.getItem(scrollKey));
  sessionStorage.removeItem(scrollKey);
  if (saved?.path === path) scrollTo({ left: saved.x, top: saved.y, behavior: 'instant' });
}

function reload() {
  source?.close();
  sessionStorage.setItem(scrollKey, JSON.stringify({ path, x: scrollX, y: scrollY }));
  location.reload();
}

function retitle(to = state) {
  state = to;
  const title = marks[state] + mirror.title;
  if (document.title !== title) document.title = title;
}

function version(news) {
  if (news.client !== client || language && language !== news.words.language) return reload();
  if (base && base !== news.base && path.startsWith(base)) return location.replace(news.base + path.slice(base.length));
  ({ base } = news);
  language = news.words.language;
  panel ??= new Panel(news.words, mail);
  places = new Places(news, (text) => panel.say(text));
  panel.places = places;
  panel.connected(true);
}

function update(news) {
  ({ sum, seen } = news);
  if (!news.html) return reload();
  const release = hold();
  let result;
  try {
    result = mirror.patch(news.html, (page) => addresses(page) === mirror.scripts);
  } catch (error) { // a page that scripts have changed beyond recognition
    console.warn(error);
    return reload();
  }
  if (!result) return reload();
  retitle();
  release();
  show(result.touched);
  const heard = !document.dispatchEvent(new Event('leerblad:patched', { cancelable: true }));
  if (result.missed && !heard) reload();
}

function follow({ seen: build, pages }) {
  seen = build;
  if (panel.follows && pages.length > 0 && !path.startsWith(own) && !pages.includes(path)) return location.assign(pages[0]);
  if (location.search && document.getElementById('finder_')) reload(); // the index that it searches is another
}

// A browser allows six connections to a server: a hidden tab must not hold one of them.
function listen() {
  clearTimeout(timer);
  source?.close();
  if (document.hidden) return;
  source = new EventSource(`/_leerblad/events?${new URLSearchParams({ page: path, sum, seen })}`);
  const on = (name, act) => source.addEventListener(name, ({ data }) => act(JSON.parse(data)));
  on('version', version);
  on('page', update);
  on('problems', (report) => {
    panel.report(report, report.site && path !== builds); // the other pages list them themselves
    retitle(report.failed ? 'failed' : 'good');
  });
  on('follow', follow);
  source.addEventListener('error', () => {
    source.close();
    panel?.connected(false);
    retitle('lost');
    timer = setTimeout(listen, again);
  });
}

function take(event, place) {
  event.preventDefault();
  event.stopPropagation();
  places?.take(place);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-leerblad-place]');
  if (button) take(event, button.dataset.leerbladPlace);
  else if (event.altKey && placeOf(event.target)) take(event, placeOf(event.target));
}, true);
document.addEventListener('keydown', (event) => {
  if (event.altKey && event.shiftKey && event.code === 'KeyK') take(event, placeInView());
});
document.addEventListener('visibilitychange', listen);
addEventListener('pageshow', (event) => event.persisted && listen());
addEventListener('pagehide', () => source?.close());
restoreScroll();
listen();
