// A query as a test of deals: what each word means for the field it is asked of.

const NUMBER = /^(-?)([0-9][0-9 _]*(?:\.[0-9]+)?|\.[0-9]+)(%|k|m|d|w)?$/i;
const THOUSANDS = /^[0-9]{3}(?:\.[0-9]+)?[km]?$/;
const EITHER_WAY = /^-?[1-9][0-9]{0,2}\.[0-9]{3}$/;
const TIMES = {"": 1, k: 1000, m: 1000000, d: 1, w: 7};
const ENDS = {percent: "%", days: "dwm"};
const YES = {true: "yes", false: "no"};
const NUMBER_FORMS = {money: "`10000`, `10k`", percent: "`50%`", days: "`30`, `2w`"};

// The test of deals that a query means; `known` says what fields there are. Throws a Mistake.
function query(text, known) {
  const tests = termsOf(text).map(term => termTest(term, known));
  return deal => tests.every(test => test(deal));
}

function termTest(term, known) {
  if (!term.field) {
    const words = term.words.map(folded);
    return deal => words.some(word => known.words(deal).includes(word)) !== term.isNot;
  }
  const field = Object.hasOwn(known.fields, term.field) ? known.fields[term.field] : null;
  if (!field) throw unknownField(term, known);
  refuseThousands(term, field);
  const tests = term.words.map(word => wordTest(word, term, field, known));
  return deal => {
    const values = known.values(deal, term.field);
    return tests.some(test => test(values, deal)) !== term.isNot;
  };
}

function mistake(term, message, help) {
  return new Mistake(message, help, term.start, term.end);
}

function unknownField(term, known) {
  const names = Object.keys(known.fields).sort();
  const help = didYouMean(term.field, names) || `The fields: ${listed(names)}.`;
  const quoted = `For the words as they stand, write \`"${term.field}:${term.words[0]}"\`.`;
  return mistake(term, `There is no field \`${term.field}\`.`, `${help} ${quoted}`);
}

// A comma in an amount to compare with would be an or.
function refuseThousands(term, field) {
  const {words, sign} = term;
  if (field.unit !== "money" || sign === ":" || words.length < 2 || !THOUSANDS.test(words[1])) return;
  const what = `A comma means or: \`${words.join(",")}\` are ${words.length} amounts.`;
  throw mistake(term, what, `Write \`${term.field}${sign}${words.join("")}\`.`);
}

function wordTest(word, term, field, known) {
  if (term.field === "view") return viewTest(word, term, field, known);
  const bare = word.trim().toLowerCase();
  const hasOrder = field.sort === "date" || field.sort === "number";
  if (bare === "none" || bare === "any") {
    refuseOrder(term, word);
    return values => (values.length > 0) === (bare === "any");
  }
  if (!hasOrder) refuseOrder(term, word);
  if (field.sort === "date") return dayTest(word, term, known);
  if (field.sort === "number") return numberTest(word, term, field);
  if (field.sort === "one") return idTest(word, term, field);
  const said = folded(word.trim());
  const isMeant = text => term.isWhole ? wholesOf(text, field).includes(said) : text.includes(said);
  return values => values.some(value => value !== null && isMeant(folded(value)));
}

// What `=` compares with: a text, or an id and its name, which stand on two lines.
function wholesOf(text, field) {
  const at = field.sort === "named" ? text.indexOf("\n") : -1;
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

// Whom a query asks for with `=` and no deal has, in words: a slip in an id finds nothing.
function strangersIn(text, {rows, known}) {
  return termsOf(text).filter(({field, isWhole}) => isWhole && known.fields[field].sort === "named").flatMap(({field, words}) => {
    const there = rows.flatMap(deal => known.values(deal, field)).map(value => wholesOf(value, known.fields[field]));
    const names = new Set(there.flat().map(folded)), ids = [...new Set(there.map(([id]) => id))];
    return words.filter(word => !["none", "any", ...names].includes(folded(word.trim()))).map(word =>
      `no deal has \`${word}\` as its \`${field}\`. ${didYouMean(word, ids) || `Write \`${field}:\` and a part of the name.`}`);
  });
}

function refuseOrder(term, word) {
  if (term.sign === ":") return;
  const what = `\`${term.field}\` has no order, so nothing is \`${term.sign}\` in it.`;
  throw mistake(term, what, `Write \`${term.field}:${word}\`.`);
}

function idTest(word, term, field) {
  const meant = knownId(word, term, field);
  return values => values.includes(meant);
}

// The test that a saved view means a deal.
function viewTest(word, term, field, known) {
  refuseOrder(term, word);
  const meant = knownId(word, term, field);
  return (_, deal) => known.view(meant)(deal);
}

function knownId(word, term, field) {
  const meant = idOf(word.trim(), field);
  if (meant !== undefined) return meant;
  const near = didYouMean(word, Object.keys(field.known), "There are");
  const help = near || "See pipeline.yml for those there are.";
  throw mistake(term, `\`${word}\` is no value of \`${term.field}\`.`, help);
}

// The id that a word is, or that goes with a name; any word where ids are not known.
function idOf(word, field) {
  const low = folded(word);
  if (!field.known) return low;
  const meant = new Map(Object.entries(field.was).map(([old, id]) => [folded(old), id]));
  for (const [id, name] of Object.entries(field.known).reverse()) if (name) meant.set(folded(name), id);
  for (const id of Object.keys(field.known)) meant.set(folded(id), id);
  const form = [low, YES[low], slug(word)].find(each => meant.has(each));
  return meant.get(form);
}

function dayTest(word, term, known) {
  const span = spanOf(word, known.today, known.starts);
  if (!span) throw mistake(term, `\`${word}\` is no day or period.`, dayHelp(word));
  const first = isoOf(span.first), last = isoOf(span.last);
  const order = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  return values => values.some(value => fits(term.sign, order(value, first), order(value, last)));
}

function numberTest(word, term, field) {
  const number = numberOf(word.trim(), field.unit), bare = word.trim();
  if (field.unit === "money" && EITHER_WAY.test(bare)) {
    const decimal = bare.endsWith("0") ? bare.replace(/\.?0+$/, "") : `${bare}0`;
    const help = `Write \`${bare.replace(".", "")}\`, or \`${decimal}\` if the point is a decimal point.`;
    throw mistake(term, `\`${word}\` can be read in two ways.`, help);
  }
  if (!number) {
    const forms = NUMBER_FORMS[field.unit];
    const help = forms ? `Write a number, as ${forms}.` : "Write a number.";
    throw mistake(term, `\`${word}\` is no number.`, help);
  }
  return values => values.some(value => {
    if (value === null) return false;
    const by = compare(decimal(value), number);
    return fits(term.sign, by, by);
  });
}

function numberOf(word, unit) {
  const found = NUMBER.exec(word);
  if (!found) return null;
  const digits = found[2].replace(/[ _]/g, ""), end = (found[3] || "").toLowerCase();
  if (end && !(ENDS[unit] || "km").includes(end)) return null;
  const number = decimal(found[1] + digits);
  const isPercent = end === "%" || (unit === "percent" && compare(positive(number), decimal("1")) > 0);
  if (isPercent) return shifted(number, 2);
  return times(number, unit === "days" && end === "m" ? 30 : TIMES[end]);
}

function fits(sign, low, high) {
  if (sign === "<") return low < 0;
  if (sign === ">") return high > 0;
  if (sign === "<=") return high <= 0;
  if (sign === ">=") return low >= 0;
  return low >= 0 && high <= 0;
}
