// Figures of the deals that are meant, worded as the pages word them: `data-figure`.

const WEIGHT = "value or probability";

// What a figure is worked out of: the deals of its scope, those of them that the forecast counts as
// open and as won, and what is due of them.
function made(found, scope, deals) {
  const sum = (some, name) => total(some.map(deal => deals.pair(deal, name)), deals.data.currency);
  const side = which => found.filter(deal => isOfSide(deal, scope, which, deals));
  return {
    deals, scope, sum,
    get found() { return found.filter(deal => isIn(deal, scope, deals)); },
    get parts() { return side("open"); },
    get won() { return side("won"); },
    get due() {
      const want = Object.fromEntries(scope);
      return found.flatMap(deal => deals.cells(deal, "due")).map(one => one.split(" ")).filter(
        ([whose, state, kind]) => (!want.for || want.for === whose) && (!want.kind || want.kind === kind)
          && (!want.when || want.when === state || (want.when === "ahead" && state !== "overdue")),
      );
    },
  };
}

function covered(sums, none = "") {
  const text = sums.lines.length ? amountsOf(sums).replaceAll(" + ", " +\u00a0") : none;
  return {text, aside: text && share(sums)};
}

function coming({parts, won, deals}) {
  const amounts = [...won.map(deal => deals.pair(deal, "won-worth")),
    ...parts.map(deal => deals.pair(deal, "expects"))];
  return total(amounts, deals.data.currency);
}

function openedWords(sums) {
  if (!sums.lines.length) return `${count(sums.of, "deal")} open`;
  const lack = lacking(sums), all = count(sums.of, "deal");
  const covers = lack ? `${grouped(sums.counted)} of ${all}` : all;
  return `${amountsOf(sums, compact)} open in ${covers}${lack && ` (${lack})`}`;
}

function unexpectedWords(found, deals) {
  const out = found.filter(deal => !deals.pair(deal, "brings"));
  if (!out.length || out.length === found.length) return "";
  const omitted = out.filter(deal => deals.text(deal, "category") === "omitted").length;
  const rest = out.length - omitted;
  const parts = [omitted && count(omitted, "omitted deal"),
    rest && `${count(rest, "deal")} with no ${WEIGHT}`];
  return `Not in what is expected: ${parts.filter(Boolean).join(", ")}.`;
}

function staleWords(sums) {
  if (!sums.of) return "No such deal is stale";
  const value = told(sums, compact, explained);
  return `${count(sums.of, "deal")} ${sums.of === 1 ? "is" : "are"} stale${value && `, worth ${value}`}`;
}

// How many of some deals are expected to be won, by their owners, or else by their stages.
function winsOf(some, deals) {
  const {stages} = deals.data;
  const ofStage = deal => stages[deals.text(deal, "pipeline")][deals.text(deal, "stage")][2].replace("%", "");
  const own = deal => deals.text(deal, "probability");
  return some.map(deal => own(deal) ? decimal(own(deal)) : shifted(decimal(ofStage(deal)), 2)).reduce(plus, decimal("0"));
}

// Wins in tenths: "1 200.5".
function inTenths(wins) {
  return grouped(fixed(wins, 1));
}

// What is won and expected, for where no deal has a value.
function comingWins({parts, won, deals}) {
  const more = winsOf(parts, deals);
  if (inTenths(more) === "0.0") return won.length ? count(won.length, "deal") : "";
  return `${inTenths(plus(decimal(String(won.length)), more))} wins`;
}

// What is expected of some deals is so by their owners, or else by their stages.
function byWhom(some, deals) {
  const own = some.filter(deal => deals.text(deal, "probability")).length;
  const names = [own && "own estimates", own < some.length && "stage percentages"].filter(Boolean);
  return names.length ? ` by ${names.join(" and ")}` : "";
}

function comingWords(made) {
  const {parts, won, sum, deals, scope} = made;
  const short = sums => amountsOf(sums, compact, deals.data.currency);
  const sums = {won: sum(won, "won-worth"), parts: sum(parts, "expects")};
  const sold = won.length && !sums.won.lines.length ? count(won.length, "deal") : short(sums.won);
  const some = inTenths(winsOf(parts, deals));
  const wins = `${some === "0.0" ? "no" : some} ${won.length ? "more " : ""}wins`;
  const expects = parts.length && !sums.parts.lines.length ? wins : short(sums.parts);
  const now = deals.data.periods[deals.data.today.slice(0, 7)]?.[0];
  const isNow = scope.some(([key, value]) => key === "within" && value === now);
  const by = byWhom(parts.filter(deal => !sums.parts.lines.length || deals.pair(deal, "expects")), deals);
  let words = `${isNow ? "nothing won yet, " : ""}${parts.length ? expects : "nothing"} expected${by}`;
  if (won.length) words = `${sold} won${isNow && sums.won.lines.length ? " and nothing expected" : ""}`;
  if (won.length && parts.length) words = `${sold} won and ${expects} expected${by}`;
  if (sums.won.lines.length && sums.parts.lines.length) words += ` make ${short(coming(made))}`;
  return `${words}${explained(coming(made), parts.some(deal => deals.pair(deal, "worth")) ? WEIGHT : "value")}.`;
}

function countedWords({parts, won, sum, deals}) {
  const of = (some, word, ...more) => some.length
    ? [`${count(some.length, "deal")} ${word}`, ...more].filter(Boolean).join(", ") : "";
  const expects = sum(parts, "expects");
  const by = byWhom(parts.filter(deal => deals.pair(deal, "expects")), deals);
  const brings = expects.lines.length ? `${told(expects)}${by}` : "";
  const both = [of(parts, "open", told(sum(parts, "worth")), brings),
    of(won, "won", told(sum(won, "won-worth")))];
  return `${both.filter(Boolean).join("; ") || "No deals"}.`;
}

function apartWords({parts, won, deals}, what = "") {
  const amounts = [...parts.map(deal => deals.pair(deal, "worth")), ...won.map(deal => deals.pair(deal, "won-worth"))];
  const value = told(total(amounts, deals.data.currency));
  return `${count(amounts.length, "deal")}${what}${value && `, ${value}`}`;
}

function dueOf(made, ...states) {
  return made.due.filter(([, state]) => states.includes(state)).length;
}

function dueParts(made, element) {
  const names = {overdue: "overdue", today: "today", soon: "coming", later: "later"};
  const parts = Object.keys(names).filter(state => dueOf(made, state))
    .map(state => `${grouped(dueOf(made, state))} ${names[state]}`);
  const here = element.closest("section").querySelectorAll("[data-deal]:not([hidden])").length;
  const isCut = here < dueOf(made, "overdue", "today", "soon");
  return parts.join(", ") + (isCut ? ` (${grouped(here)} of them here)` : "");
}

function dueMore(made, element) {
  const more = made.due.length - element.closest("dd").querySelectorAll("[data-deal]:not([hidden])").length;
  return more > 0 ? `and ${grouped(more)} more` : "";
}

const FIGURES = {
  count: ({found}) => count(found.length, "deal"),
  number: ({found}) => grouped(found.length),
  some: ({found}) => found.length ? grouped(found.length) : "",
  value: ({found, sum}) => told(sum(found, "worth")),
  expected: ({found, sum, deals}) => {
    const by = byWhom(found.filter(deal => deals.pair(deal, "brings")), deals);
    const sums = sum(found, "brings");
    return sums.lines.length ? `${amountsOf(sums)} expected${by}${beside(sums)}` : "";
  },
  summary: ({found, sum}) => summary(sum(found, "worth")),
  urgent: ({found, sum}) => summary(sum(found, "worth")) + (found.length > 1 ? ", the most urgent first" : ""),
  aside: (made, element) => `${apartWords(made)}: ${element.dataset.what}.`,
  opened: ({found, sum}) => openedWords(sum(found, "worth")),
  late: ({found}) => found.length ? `${grouped(found.length)} with an overdue next step` : "",
  unexpected: ({found, deals}) => unexpectedWords(found, deals),
  stale: ({found, sum}) => staleWords(sum(found, "worth")),
  parts: ({parts}) => parts.length ? grouped(parts.length) : "",
  "parts-count": ({parts}) => count(parts.length, "deal"),
  "won-count": ({won}) => count(won.length, "deal"),
  open: ({parts, sum}) => covered(sum(parts, "worth"), parts.length ? count(parts.length, "deal") : ""),
  "open-value": ({parts, sum}) => covered(sum(parts, "worth"), parts.length ? "no value" : ""),
  "by-stage": ({parts, sum}) => covered(sum(parts, "by-stage")),
  "by-own": ({parts, sum}) => covered(sum(parts, "expects")),
  own: ({parts, deals}) => {
    const own = parts.filter(deal => deals.text(deal, "probability")).length;
    return `${grouped(own)} of ${grouped(parts.length)}`;
  },
  won: ({won, sum}) => covered(sum(won, "won-worth"), won.length ? count(won.length, "deal") : ""),
  "won-value": ({won, sum}) => covered(sum(won, "won-worth"), won.length ? "no value" : ""),
  coming: made => covered(coming(made), comingWins(made)),
  category: ({parts, sum}) => {
    const sums = sum(parts, "worth");
    return {...covered(sums, parts.length ? "no value" : ""), aside: parts.length && (share(sums) || grouped(parts.length))};
  },
  apart: (made, element) => apartWords(made, ` ${element.dataset.what}`),
  "coming-words": (made, element) => (element.dataset.lead ?? "") + comingWords(made),
  counted: countedWords,
  nothing: () => "",
  folded: (_, element) => {
    const here = element.parentElement.querySelectorAll("[data-deal]:not([hidden])").length;
    return element.textContent.replace(/^[0-9\u202f]+/, grouped(here));
  },
  "due-overdue-words": made => dueOf(made, "overdue") ? `${grouped(dueOf(made, "overdue"))} overdue` : "Nothing is overdue",
  "due-today-words": made => `${grouped(dueOf(made, "today"))} due today`,
  "due-soon-words": made => `${grouped(dueOf(made, "soon"))} in the next 14 days`,
  "due-overdue": made => grouped(dueOf(made, "overdue")),
  "due-today": made => grouped(dueOf(made, "today")),
  "due-soon": made => grouped(dueOf(made, "soon")),
  "due-later": made => grouped(dueOf(made, "later")),
  "due-ahead": made => grouped(dueOf(made, "today", "soon", "later")),
  "due-here": made => grouped(made.due.length),
  "due-more": dueMore,
  "due-parts": dueParts,
};
