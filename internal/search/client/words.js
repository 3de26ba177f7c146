// Cuts text into folded words, as the index writer does (tokens.go): both pass testdata/tokens.json.

const longest = 48; // characters of a word
const special = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ð: "d", đ: "d", ł: "l", ı: "i", ς: "σ", þ: "th", ħ: "h" };
const letter = "(?:(?![ʼ\\u{10000}-\\u{10ffff}])[\\p{L}\\p{N}])";
const joined = new RegExp(`${letter}+(?:'${letter}+)*(?:-${letter}+(?:'${letter}+)*)*`, "gu");

// fold gives text in lower case without marks, and one sign for all apostrophes and for all hyphens.
export function fold(text) {
  return text.normalize("NFKD").replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu, "").toLowerCase()
    .replace(/[\p{M}\u00ad]/gu, "").replace(/[ßæœøðđłıςþħ]/g, (c) => special[c]).replace(/[’ʼ]/g, "'").replace(/\u2010/g, "-");
}

// words gives the words of a text in order, and after words that hyphens join all of them as one.
export function words(text) {
  const found = [];
  for (const [run] of fold(text).matchAll(joined)) {
    const parts = run.replaceAll("'", "").split("-").map((part) => part.slice(0, longest));
    for (const part of parts) found.push({ text: part, joined: false });
    if (parts.length > 1) found.push({ text: parts.join("").slice(0, longest), joined: true });
  }
  return found;
}
