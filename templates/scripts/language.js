// A query's text to its terms: see docs/query.md.

const LONGEST = 1000;
const FIELD = /([A-Za-z][A-Za-z0-9-]*)(:|<=|>=|=|<|>)/y;
const PLAIN = /[^\s,"]+/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
// Signs, and a term that has each.
const FIRST = {":": "stage:any", "=": "stage=any", "<": "next<today", ">": "value>10k"};
const BEHIND = {
  "-": "Write behind it what is not meant, as in `-tag:pilot`.",
  ",": "It stands between words of which one is meant, as in `one,other`.",
};
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
  refuseSigns(text, start, start + isNot);
  const named = matched(FIELD, text, start + isNot);
  const field = named ? named[1].toLowerCase() : "", sign = named ? named[2] : "";
  const {words, end} = wordsAt(text, named ? start + isNot + named[0].length : start + isNot);
  if (!words.length) {
    const what = text.slice(start, end).trim() || text[start];
    const help = field ? valueBehind(what) : BEHIND[what];
    throw new Mistake(`\`${what}\` says nothing.`, help, start, Math.max(end, start + 1));
  }
  if (words.some(word => /^ *$/.test(word))) {
    const help = field ? `For what is empty, write \`${field}:none\`.` : "Put words into the quotes.";
    throw new Mistake(`\`${text.slice(start, end)}\` asks for an empty word.`, help, start, end);
  }
  return {words, start, end, field, sign: sign === "=" ? ":" : sign, isNot, isWhole: sign === "="};
}

// Refuse a second `-`, and a sign without a field.
function refuseSigns(text, start, at) {
  const first = text[at];
  if (first === "-" && at > start) {
    const help = 'One means not, as in `-tag:pilot`; a word that begins with it is quoted, as in `"-5"`.';
    throw new Mistake("Two `-` stand before a term.", help, start, at + 1);
  }
  if (first === undefined || !Object.hasOwn(FIRST, first)) return;
  const help = `Write one, as in \`${FIRST[first]}\`; a word that has it is quoted, as in \`"${first}"\`.`;
  throw new Mistake(`No field stands before \`${first}\`.`, help, at, at + 1);
}

function valueBehind(said) {
  if (/[:=]$/.test(said)) return `Write a value behind it, as in \`${said}any\`.`;
  return `Write a value behind it, as in \`${said}10000\` or \`${said}today\`.`;
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
