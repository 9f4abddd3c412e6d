// A query's text to its terms: see docs/query.md.

const LONGEST = 1000;
const FIELD = /([A-Za-z][A-Za-z0-9-]*)(:|<=|>=|=|<|>)/y;
const PLAIN = /[^\s,"]+/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const BLANK = /\s*/y;

// What can't be understood of a query: one sentence, what to do, and where it stands.
class Mistake extends Error {
  constructor(message, help, start = 0, end = 0) {
    super(message);
    Object.assign(this, {help, start, end});
  }
}

function matched(form, text, at) {
  form.lastIndex = at;
  return form.exec(text);
}

function skipped(text, at) {
  return at + matched(BLANK, text, at)[0].length;
}

function termsOf(text) {
  if ([...text].length > LONGEST)
    throw new Mistake("The query is longer than 1,000 characters.", "Shorten it.");
  const found = [];
  for (let at = skipped(text, 0); at < text.length;) {
    found.push(termAt(text, at));
    at = skipped(text, found.at(-1).end);
  }
  return found;
}

function termAt(text, start) {
  const isNot = text[start] === "-";
  const named = matched(FIELD, text, start + isNot);
  const field = named ? named[1].toLowerCase() : "", sign = named ? named[2] : "";
  const {words, end} = wordsAt(text, named ? start + isNot + named[0].length : start + isNot);
  if (!words.length) {
    const what = text.slice(start, end).trim() || text[start];
    const help = field && `Write a value behind it, as in \`${field}${sign}any\`.`;
    throw new Mistake(`\`${what}\` says nothing.`, help, start, Math.max(end, start + 1));
  }
  return {words, start, end, field, sign: sign === "=" ? ":" : sign, isNot};
}

// The words of a term, and where they end; a comma wants another word behind it.
function wordsAt(text, at) {
  const words = [];
  for (;;) {
    const [word, end] = wordAt(text, at);
    if (word === null) {
      if (words.length)
        throw new Mistake("Nothing stands behind the comma.", "Write a word there.", at - 1, at);
      return {words, end: at};
    }
    words.push(word);
    if (end < text.length && !/[\s,]/.test(text[end]))
      throw new Mistake("A blank is missing between words.", "Put one there.", end, end + 1);
    if (text[end] !== ",") return {words, end};
    at = end + 1;
  }
}

function wordAt(text, at) {
  if (text[at] === '"') {
    const quoted = matched(QUOTED, text, at);
    if (!quoted)
      throw new Mistake("A quote is not closed.", 'Put `"` behind the last word.', at, text.length);
    return [quoted[1].replace(/\\([^])/g, "$1"), at + quoted[0].length];
  }
  const plain = matched(PLAIN, text, at);
  return plain ? [plain[0], at + plain[0].length] : [null, at];
}
