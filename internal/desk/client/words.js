// The words of the page in the language of the publication, as the server sent them, and what there is to know of the publication.
export const about = JSON.parse(document.getElementById('about').textContent);

const { words } = about;

// say gives a text with its places {1}, {2} … filled in.
export function say(key, ...values) {
  const text = words[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\d)\}/g, (_, n) => values[n - 1] ?? '');
}

// count gives the text of a number: that of key.one for one, else that of key.
export function count(key, n) {
  return say(n === 1 ? `${key}.one` : key, n);
}

// date gives a day, YYYY-MM-DD, as people write it.
export function date(day) {
  const at = new Date(`${day}T12:00:00Z`);
  return Number.isNaN(at.valueOf()) ? day : at.toLocaleDateString(about.language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

const heard = document.getElementById('heard');

// tell says something to who listens to the page.
export function tell(text) {
  heard.textContent = '';
  requestAnimationFrame(() => { heard.textContent = text; });
}
