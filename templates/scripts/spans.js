// Days and periods that a query can name, seen from a day. A day is a number, counted from 1970.

const FIRST_DAY = dayNumber(1, 1, 1), LAST_DAY = dayNumber(9999, 12, 31);
const NAMED_DAYS = {today: 0, tomorrow: 1, yesterday: -1};
const LENGTHS = {"": 1, d: 1, w: 7, m: 30};
const DAY_FORMS = "Write `2026-11-30`, `2026-11`, `2026-Q4`, `2026`, `today`, `+7d`, `-2w` or "
  + "`this-month` (`last-`, `next-`; `week`, `quarter`, `year`).";

function dayNumber(year, month, day) {
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86400000;
}

function isoOf(number) {
  const day = new Date(number * 86400000);
  const parts = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  return parts.map((part, at) => String(part).padStart(at ? 2 : 4, "0")).join("-");
}

// The number of a day as it is written; null where the calendar has none such.
function dayOf(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text < "0001") return null;
  const number = dayNumber(...text.split("-").map(Number));
  return isoOf(number) === text ? number : null;
}

function monthsFrom(year, month, length) {
  const first = dayNumber(year, month, 1), last = dayNumber(year, month + length, 1) - 1;
  return {first: Math.max(first, FIRST_DAY), last: Math.min(last, LAST_DAY)};
}

// The stretch of so many months, in years that start in a month, in which a day lies.
function stretch(day, length, starts) {
  const [year, month] = isoOf(day).split("-").map(Number);
  const into = (month - starts + 12) % 12;
  return monthsFrom(year, month - into % length, length);
}

function week(day) {
  const back = ((day + 3) % 7 + 7) % 7;
  return {first: Math.max(day - back, FIRST_DAY), last: Math.min(day - back + 6, LAST_DAY)};
}

function fiscalYear(year, starts) {
  return monthsFrom(starts === 1 ? year : Math.max(1, year - 1), starts, 12);
}

function writtenPeriod(year, quarter, month, starts) {
  if (!year || (month && !(month >= 1 && month <= 12))) return null;
  if (month) return monthsFrom(year, Number(month), 1);
  const whole = fiscalYear(year, starts);
  if (!quarter) return whole;
  let found = stretch(whole.first, 3, starts);
  for (let at = 1; at < quarter; at += 1) found = stretch(found.last + 1, 3, starts);
  return found;
}

function relativePeriod(which, unit, today, starts) {
  const of = {
    week,
    month: day => stretch(day, 1, 1),
    quarter: day => stretch(day, 3, starts),
    year: day => stretch(day, 12, starts),
  }[unit];
  const now = of(today);
  if (which === "this") return now;
  return of(which === "next" ? Math.min(now.last + 1, LAST_DAY) : Math.max(now.first - 1, FIRST_DAY));
}

function saidDay(low, today) {
  const step = /^([+-])([0-9]{1,4})([dwm]?)$/.exec(low);
  if (!step && !(low in NAMED_DAYS)) return dayOf(low);
  const days = step ? Number(step[1] + step[2]) * LENGTHS[step[3]] : NAMED_DAYS[low];
  const day = today + days;
  return day < FIRST_DAY || day > LAST_DAY ? null : day;
}

// The first and the last day of what a word means; null where it is no day or period.
function spanOf(word, today, starts) {
  const low = word.trim().toLowerCase();
  const relative = /^(this|last|next)-(week|month|quarter|year)$/.exec(low);
  const written = /^([0-9]{4})(?:-(?:q([1-4])|([0-9]{2})))?$/.exec(low);
  if (relative) return relativePeriod(relative[1], relative[2], today, starts);
  if (written) return writtenPeriod(Number(written[1]), written[2], written[3], starts);
  const day = saidDay(low, today);
  return day === null ? null : {first: day, last: day};
}

// What to write in place of a word that is no day or period.
function dayHelp(word) {
  const last = /^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})$/.exec(word.trim());
  const first = /^([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})$/.exec(word.trim());
  const read = last ? [[last[3], last[2], last[1]], [last[3], last[1], last[2]]]
    : first ? [[first[1], first[3], first[4]]] : [];
  const days = read.map(parts => parts.map(part => part.padStart(2, "0")).join("-"));
  const there = [...new Set(days)].filter(day => dayOf(day) !== null);
  return there.length ? `Did you mean ${there.map(day => `\`${day}\``).join(" or ")}?` : DAY_FORMS;
}
