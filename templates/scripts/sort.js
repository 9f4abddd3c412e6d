// Tables of deals in another order: a click on a column's name, one more turns it round, and a
// third gives the page's own order back. Groups stay together; what has no value comes last.

const SORTED = {
  deal: (deal, {text}) => folded(text(deal, "title")),
  owner: (deal, {text, data}) => folded(data.fields.owner[2][text(deal, "owner")] ?? ""),
  value: (deal, {pair}) => moneyKey(pair(deal, "worth")),
  steps: (deal, {cells}) => cells(deal, "?step").length || "",
  own: (deal, {text}) => text(deal, "probability") && Number(text(deal, "probability")),
  "in stage": (deal, {text}) => text(deal, "days") && Number(text(deal, "days")),
  close: (deal, {text}) => text(deal, "close"),
  next: (deal, {text}) => text(deal, "next"),
  "next step": (deal, {text}) => text(deal, "next"),
  "next or outcome": (deal, {text}) => text(deal, "?won") || text(deal, "?lost") || text(deal, "next"),
  why: (deal, {text}) => text(deal, "late") && Number(text(deal, "late")),
  "last contact": (deal, {text}) => text(deal, "?last"),
  stage: (deal, {text, data}) => Object.keys(data.stages[text(deal, "pipeline")]).indexOf(text(deal, "stage")),
  "by stage": (deal, {pair}) => moneyKey(pair(deal, "by-stage")),
  expected: (deal, {pair}) => moneyKey(pair(deal, "expects")),
  "won on": (deal, {text}) => text(deal, "?won"),
};

// Amounts sort by their currencies, and within one by what they are.
function moneyKey(pair) {
  return pair && {code: pair[1], amount: decimal(pair[0])};
}

function byKey(one, other) {
  if (one?.amount) return one.code === other.code ? compare(one.amount, other.amount) : one.code < other.code ? 1 : -1;
  return one < other ? -1 : one > other ? 1 : 0;
}

function isNothing(key) {
  return key === "" || key === null || key === undefined;
}

// Rows of a part of a table in an order: what is no deal stays where it is.
function sortRows(body, keyOf, way) {
  const rows = [...body.querySelectorAll(":scope > [data-deal]")];
  const places = rows.map((row, at) => row.dataset.place ??= String(at));
  const keyed = rows.map((row, at) => ({row, key: way ? keyOf(row) : "", place: Number(places[at])}));
  keyed.sort((a, b) => {
    if (!way || (isNothing(a.key) && isNothing(b.key))) return a.place - b.place;
    if (isNothing(a.key) || isNothing(b.key)) return isNothing(a.key) ? 1 : -1;
    return way * byKey(a.key, b.key) || a.place - b.place;
  });
  const end = rows.at(-1)?.nextSibling ?? null;
  for (const {row} of keyed) body.insertBefore(row, end);
}

const WAYS = {none: ["ascending", 1], ascending: ["descending", -1], descending: ["none", 0]};

async function sortBy(head, name, said) {
  const deals = await allDeals(), rows = new Map(deals.rows.map(deal => [deal[0], deal]));
  unfold();
  const [state, way] = WAYS[head.getAttribute("aria-sort") ?? "none"];
  for (const other of PAGE.querySelectorAll("main th[aria-sort]")) other.removeAttribute("aria-sort");
  if (way) head.setAttribute("aria-sort", state);
  const keyOf = row => rows.has(row.dataset.deal) ? SORTED[name](rows.get(row.dataset.deal), deals) : "";
  for (const body of PAGE.querySelectorAll("main table:has([data-deal]) tbody")) {
    const names = [...body.parentElement.querySelectorAll("thead th")].map(nameOf);
    if (names.includes(name)) sortRows(body, keyOf, way);
  }
  said.textContent = way ? `Sorted by ${name}, ${state}` : "In the page's own order";
}

function nameOf(head) {
  return head.textContent.trim().toLowerCase();
}

function setUpSorting() {
  const tables = [...PAGE.querySelectorAll("main table:has([data-deal])")];
  if (!tables.length || !PAGE.querySelector("main [data-filter]")) return;
  const said = make("p", {class: "unseen", role: "status"});
  PAGE.querySelector("main").append(said);
  for (const table of tables) {
    if (table.matches(".one-head > .section ~ .section table, .one-head details table, [data-more] table")) continue;
    for (const head of table.querySelectorAll("thead th")) {
      const name = nameOf(head);
      if (!Object.hasOwn(SORTED, name)) continue;
      const button = make("button", {type: "button", class: "sort"}, ...head.childNodes);
      button.addEventListener("click", () => sortBy(head, name, said));
      head.replaceChildren(button);
    }
  }
}
