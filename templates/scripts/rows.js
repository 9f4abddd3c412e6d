// Rows of deals that a page has none of, for it lists the first few: from the data.

const REASONS = {
  "silent": ["stale", "silent"],
  "next-step-overdue": ["overdue", "next step overdue"],
  "no-next-step": ["none", "no next step"],
  "close-in-past": ["overdue", "close date passed"],
  "overslept": ["overdue", "overslept"],
};
const SAID_BY_STATUS = ["next-step-overdue", "no-next-step", "overslept"];

// What rows say of a deal.
function saidOf(deal, deals) {
  const {text, pair, data} = deals, today = data.today;
  const money = name => pair(deal, name) ? exact(pair(deal, name)) : "";
  const whole = name => pair(deal, name) ? rounded(decimal(pair(deal, name)[0]), pair(deal, name)[1]) : "";
  const person = data.fields.owner[2];
  const title = text(deal, "title"), company = data.contacts[text(deal, "company")] ?? text(deal, "company");
  const isTold = ` ${title.toLowerCase()} `.includes(` ${company.toLowerCase()} `)
    || title.toLowerCase().startsWith(company.toLowerCase());
  const day = name => text(deal, name) && nearDay(text(deal, name), today);
  const stage = data.stages[text(deal, "pipeline")][text(deal, "stage")];
  const value = text(deal, "value") && exact([text(deal, "value"), text(deal, "currency")]);
  const days = text(deal, "days"), codes = deals.cells(deal, "stale");
  return {
    id: deal[0], path: `${ROOT}deals/${deal[0]}.html`, title, beside: isTold ? "" : company,
    owner: person[text(deal, "owner")] ?? text(deal, "owner"),
    wonBy: person[text(deal, "won-by")] ?? text(deal, "won-by"),
    value, money, whole, day, stage: stage[0], chance: stage[2],
    own: text(deal, "probability") && percent(text(deal, "probability")),
    days: days && `${grouped(days)} ${days === "1" ? "day" : "days"}`,
    next: stage[1] === "open" ? withNames(text(deal, "next-text"), data.contacts) : "",
    reasons: codes.map(code => REASONS[code]),
    stale: codes.filter(code => !SAID_BY_STATUS.includes(code)).map(code => REASONS[code][1]).join("; "),
    dots: stage[3][Number(text(deal, "done"))],
    ...statusOf(deal, stage[1], deals),
  };
}

function statusOf(deal, type, {text, data}) {
  const day = name => nearDay(text(deal, name), data.today);
  if (type === "won" || type === "lost") {
    const isKnown = text(deal, "state") === type && text(deal, `?${type}`);
    return {status: type, when: isKnown ? `${type} ${day(`?${type}`)}` : type};
  }
  if (type === "parked") {
    const wake = text(deal, "?wake");
    return wake && wake <= data.today ? {status: "overdue", when: `should have woken ${day("?wake")}`}
      : {status: "asleep", when: wake ? `asleep until ${day("?wake")}` : "asleep"};
  }
  const next = text(deal, "next");
  if (!next) return {status: "none", when: "no next step"};
  if (next === data.today) return {status: "today", when: "today"};
  return {status: next < data.today ? "overdue" : "later", when: day("next")};
}

function marked(status, words) {
  return make("span", {class: `status is-${status}`}, words);
}

function titled(said, tag = "bdi") {
  return make("a", {href: said.path}, make(tag, {}, said.title));
}

function unseen(words) {
  return make("span", {class: "unseen"}, words);
}

// Where a card's deal stands on its way, and whether it is stale.
function stageLine({dots: [marks, words], stale}) {
  return (marks || stale) && make("p", {class: "card-row"},
    marks && make("span", {class: "dots"}, make("span", {"aria-hidden": "true"}, marks), unseen(words)),
    stale && make("span", {class: "status is-stale"}, "stale", unseen(`: ${stale}`)));
}

function cell(inside, kind, label) {
  return make("td", {class: kind, "data-label": label}, ...[inside].flat());
}

const ROWS = {
  card: said => make("li", {class: `card edge-${said.status}`},
    make("h3", {class: "card-title"}, titled(said)),
    said.beside && make("p", {class: "card-company muted", dir: "auto"}, said.beside),
    make("p", {class: "card-row"}, said.value && make("span", {class: "card-value"}, said.value), " ",
      make("span", {class: "card-owner"}, make("bdi", {}, said.owner))),
    make("p", {class: "card-next"}, marked(said.status, said.when),
      said.next && make("span", {class: "muted", dir: "auto"}, said.next)), stageLine(said)),
  deal: said => make("tr", {},
    make("td", {class: "main-cell"}, titled(said), " ",
      said.beside && make("span", {class: "muted", dir: "auto"}, said.beside)),
    cell(make("bdi", {}, said.owner), "quiet"), cell(said.value, "num"), cell("", "quiet nowrap"),
    cell(said.days, "quiet num"), cell(said.day("close"), "quiet nowrap"),
    cell([marked(said.status, said.when),
      said.next && make("span", {class: "next-text", dir: "auto"}, said.next)])),
  stale: said => make("tr", {},
    cell([titled(said), said.beside && make("br"), said.beside && make("span", {class: "muted", dir: "auto"}, said.beside)]),
    cell(said.reasons.map(reason => marked(...reason)), "whys"), cell(said.day("?last") || "never"),
    cell([said.day("next") && make("span", {class: "nowrap"}, said.day("next")), " ", make("bdi", {}, said.next)]),
    cell(make("bdi", {}, said.stage)), cell(said.value, "num")),
  open: (said, list) => make("tr", {},
    cell(titled(said)), cell(make("bdi", {}, said.owner), "", "Owner"),
    cell(make("bdi", {}, said.stage), "", "Stage"), cell(said.day("close"), "nowrap", "Close"),
    cell(said.whole("worth"), "num", "Value"), cell(said.chance, "num", "Stage's"),
    cell(said.whole("by-stage"), "num", "By stage"), cell(said.own, "num", "Own"),
    cell(said.whole("expects"), "num", "By own"),
    ..."learned" in list.dataset ? [cell("", "num", "Learned"), cell("", "num", "By learned")] : []),
  won: said => make("tr", {},
    cell(titled(said)), cell(make("bdi", {}, said.wonBy), "", "Owner"),
    cell(said.day("?won"), "nowrap", "Won on"), cell(said.whole("won-worth"), "num", "Value")),
};

// The deals of a list in its own order: stale ones by how late they are, those of the forecast by
// what they count with, others as on the board.
function inOrderOf(kind, some, {text, pair, data}) {
  const late = deal => Number(text(deal, "late"));
  if (kind === "stale") return [...some].sort((a, b) => late(b) - late(a));
  if (kind !== "open" && kind !== "won") return some;
  const money = deal => pair(deal, kind === "won" ? "won-worth" : "worth");
  const rank = deal => !money(deal) ? "2" : money(deal)[1] === data.currency ? "0" : `1${money(deal)[1]}`;
  return [...some].sort((a, b) => rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1
    : money(a) ? compare(decimal(money(b)[0]), decimal(money(a)[0])) : 0);
}
