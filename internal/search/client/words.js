// Cuts text into folded words, as the index writer does (tokens.go): both pass testdata/tokens.json.

const longest = 48; // characters of a word
const special = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ð: "d", đ: "d", ł: "l", ı: "i", ς: "σ", þ: "th", ħ: "h" };
const letter = "(?:(?![ʼ\\u{10000}-\\u{10ffff}])[\\p{L}\\p{N}])";
const joined = new RegExp(`${letter}+(?:'${letter}+)*(?:-${letter}+(?:'${letter}+)*)*`, "gu");
const thousands = /^[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*(?!\1|[0-9])/;
// A telephone, thousands, or parts of two digits or more, five to fifteen together; not with hyphens alone, or one point before decimals.
const grouped = /^(?=.*[^0-9-])(?:0(?:\D?\d){8,11}|(?!\d+\.\d+$)(?:[1-9]\d{0,2}(?:[^\d/]\d{3})+|(?=(?:\D?\d){5,15}$)\d{2,}(?:\D\d{2,})+))$/;

// fold gives text in lower case without marks, and one sign for all apostrophes and for all hyphens.
export function fold(text) {
  return text.normalize("NFKD").replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu, "").toLowerCase()
    .replace(/[\p{M}\u00ad]/gu, "").replace(/[ßæœøðđłıςþħ]/g, (c) => special[c]).replace(/[’ʼ]/g, "'").replace(/\u2010/g, "-");
}

// numbers gives text without the signs between thousands, and what numbers in parts in it are as one word.
function numbers(text) {
  const whole = [];
  const digits = (number) => number.replace(/[^0-9]/g, "");
  const plain = text.replace(/[0-9]+(?:[.,][0-9]+)+/g, (number) => {
    const merged = number.replace(thousands, digits);
    const parts = merged.split(/[.,]/);
    if (parts.length === 2) whole.push(parts.join("."));
    return merged;
  });
  for (const parted of [/\d+(?:[ \u00a0\u2009\u202f-]\d+)+/g, /\d+(?:[./-]\d+)+/g]) {
    for (const [number] of plain.matchAll(parted)) if (grouped.test(number)) whole.push(digits(number));
  }
  return { plain, whole };
}

// words gives the words of a text in order, after words that hyphens join all of them as one, and at the end numbers that are written in
// parts as one.
export function words(text) {
  const { plain, whole } = numbers(text);
  const found = [];
  for (const [run] of fold(plain).matchAll(joined)) {
    const parts = run.replaceAll("'", "").split("-").map((part) => part.slice(0, longest));
    for (const part of parts) found.push({ text: part, joined: false });
    if (parts.length > 1) found.push({ text: parts.join("").slice(0, longest), joined: true });
  }
  for (const number of whole) found.push({ text: number.slice(0, longest), joined: true });
  return found;
}
