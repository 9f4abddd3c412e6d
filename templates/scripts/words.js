// Counts and amounts in words, as the pages have them.

const NARROW = "\u202f";
const SIGNS = {EUR: "€", USD: "$", GBP: "£", JPY: "¥", INR: "₹", KRW: "₩", ILS: "₪"};
const SCALES = [[9, "bn"], [6, "m"], [3, "k"]];

function grouped(number) {
  const [whole, part] = String(number).split(".");
  const digits = whole.replace(/\B(?=([0-9]{3})+$)/g, NARROW);
  return part ? `${digits}.${part}` : digits;
}

function count(number, noun) {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function inCurrency(amount, code, digits) {
  const sign = amount.n < 0n && /[1-9a-z]/.test(digits) ? "\u2212" : "";
  if (!code) return sign + digits;
  return SIGNS[code] ? `${sign}${SIGNS[code]}${digits}` : `${sign}${digits}${NARROW}${code}`;
}

function exact([text, code]) {
  const amount = decimal(text), short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  const places = short.includes(".") ? Math.max(2, short.split(".")[1].length) : 0;
  return inCurrency(amount, code, grouped(fixed(positive(amount), places)));
}

function rounded(amount, code) {
  return inCurrency(amount, code, grouped(fixed(positive(amount), 0)));
}

function compact(amount, code) {
  const all = positive(amount);
  for (const [tens, suffix] of SCALES) {
    if (compare(all, times({n: 9995n, places: 4}, 10 ** tens)) >= 0)
      return inCurrency(amount, code, threeDigits(shifted(all, tens)) + suffix);
  }
  return inCurrency(amount, code, grouped(fixed(all, 0)));
}

function threeDigits(amount) {
  const below = most => compare(amount, {n: most, places: 0}) < 0;
  const text = fixed(amount, below(10n) ? 2 : below(100n) ? 1 : 0);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function percent(text) {
  const share = fixed(shifted(times(decimal(text), 1000), 1), 1);
  return `${share.replace(/\.0$/, "")}%`;
}

// What amounts sum up to: lines by currency, that of the journal first; how many there are, and
// how many there should be.
function total(amounts, home) {
  const sums = new Map();
  let counted = 0;
  for (const one of amounts) {
    if (!one) continue;
    counted += 1;
    const [text, code] = one, amount = decimal(text);
    sums.set(code, sums.has(code) ? plus(sums.get(code), amount) : amount);
  }
  const order = code => code === home ? "" : code;
  const lines = [...sums].sort(([a], [b]) => order(a) < order(b) ? -1 : 1);
  return {lines: lines.map(([code, amount]) => ({code, amount})), counted, of: amounts.length};
}

function amountsOf(sums, write = rounded, home = "") {
  const lines = sums.lines.length ? sums.lines : [{code: home, amount: decimal("0")}];
  return lines.map(line => write(line.amount, line.code)).join(" + ");
}

function share(sums) {
  if (sums.counted === sums.of || !sums.counted) return "";
  return `${grouped(sums.counted)} of ${grouped(sums.of)}`;
}

function beside(sums) {
  return share(sums) && ` (${share(sums)})`;
}

function lacking(sums, what = "value") {
  const missing = sums.of - sums.counted;
  if (!missing) return "";
  if (!sums.counted) return sums.of === 1 ? `it has no ${what}` : `none has a ${what.replace(" or ", " and a ")}`;
  return `${missing === 1 ? "one has" : `${grouped(missing)} have`} no ${what}`;
}

function explained(sums, what) {
  if (sums.counted === sums.of) return "";
  const counts = sums.counted ? `${grouped(sums.counted)} of ${grouped(sums.of)}; ` : "";
  return ` (${counts}${lacking(sums, what)})`;
}

function told(sums, write = rounded, cover = beside) {
  return sums.lines.length ? amountsOf(sums, write) + cover(sums) : "";
}

function summary(sums) {
  const value = told(sums, rounded, explained);
  return count(sums.of, "deal") + (value && `, ${value}`);
}

// A text in which links are their words, or the names of those whom they mean.
function withNames(text, names) {
  return text.replace(/\[\[([^\]|]+)(?:\\?\|([^\]]*))?\]\]/g, (_, id, words) => words || names[id.trim()] || id);
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

// A day without its year where it is that of another: "24 Oct", "3 Jan 2027".
function nearDay(day, today = "") {
  const [year, month, date] = day.split("-");
  const short = `${Number(date)} ${MONTHS[month - 1]}`;
  return year === today.slice(0, 4) ? short : `${short} ${year}`;
}
