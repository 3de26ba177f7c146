// Finds the words of the index that an unknown word may be meant for.

// plain says that a form is a word: no pair of words, and no beginning that stands for many.
export const plain = (form) => !/[ *]/.test(form);

// distance gives the number of letters put in, left out, changed or swapped between two words, or more than most.
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}

// allowed gives how many mistakes a word may have.
export const allowed = (word) => (/\d/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

// nearest gives the forms with the fewest mistakes, and how many those are.
export function nearest(forms, word) {
  let mistakes = allowed(word);
  let found = [];
  for (const form of mistakes ? forms : []) {
    if (!plain(form) || !allowed(form)) continue;
    const d = distance(word, form, mistakes);
    if (d > mistakes) continue;
    if (d < mistakes) found = [];
    mistakes = d;
    found.push(form);
  }
  return { mistakes: found.length ? mistakes : Infinity, found };
}

function shared(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

// likest gives the forms that have the longest beginning in common with a word, of three letters or more.
export function likest(forms, word) {
  const most = forms.reduce((n, form) => Math.max(n, plain(form) ? shared(word, form) : 0), 3);
  return forms.filter((form) => plain(form) && shared(word, form) === most);
}

// inflected gives the forms that have so long a beginning in common with a word that they may be of the same one.
export function inflected(forms, word) {
  if (word.length < 5) return [];
  return forms.filter((form) => {
    const same = plain(form) ? shared(word, form) : 0;
    return same >= Math.max(4, 0.65 * word.length, 0.65 * form.length) && Math.max(word.length, form.length) - same <= 3;
  });
}
