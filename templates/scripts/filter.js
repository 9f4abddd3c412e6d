// The box above lists of deals: shows those that a query means, with the counts and sums of these.

const MOST_ROWS = 500;
const FILTERED = /^(?:board|deals|stale|forecast|follow-ups|view)[^/]*\.html/;
const OF_NONE = /^(?:0$|0 deals|0 due|0 in|No )|^Nothing is/;
let undo = [], latest = 0, dealsLoaded;

function allDeals() {
  dealsLoaded ??= loaded("deals.js").then(() => dealsOf(given.deals));
  return dealsLoaded;
}

function askedInAddress() {
  const hash = /^#q=(.*)/.exec(location.hash);
  return new URLSearchParams(location.search).get("q") ?? (hash ? decodeURIComponent(hash[1]) : "");
}

function inAddress(text) {
  return encodeURIComponent(text).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%20/g, "+");
}

function writeAddress(text) {
  const hash = location.hash.startsWith("#q=") ? "" : location.hash;
  const query = text && `?q=${inAddress(text)}`;
  try {
    history.replaceState(history.state, "", location.pathname + query + hash);
  } catch {
    location.hash = text && `q=${encodeURIComponent(text)}`;
  }
}

function change(element, does, back) {
  does(element);
  undo.push(() => back(element));
}

function hide(element) {
  if (!element.hidden) change(element, one => { one.hidden = true; }, one => { one.hidden = false; });
}

function restore() {
  for (const back of undo.reverse()) back();
  undo = [];
}

// Show what a figure is now: where it leads somewhere and is of any deal, as a link.
function show(element, result) {
  const {text, aside} = typeof result === "string" ? {text: result, aside: ""} : result;
  const link = element.querySelector("a"), before = [...element.childNodes];
  const inside = text && link && !OF_NONE.test(text) ? Object.assign(link.cloneNode(), {textContent: text}) : text;
  const more = aside ? [" ", make("span", {class: "covers"}, `(${aside})`)] : [];
  change(element, one => one.replaceChildren(inside, ...more), one => one.replaceChildren(...before));
  if (!text && element.tagName !== "TD") hide(element);
}

// Put the rows that are folded below a table into it: what is filtered or sorted is all of them.
function unfold() {
  for (const fold of PAGE.querySelectorAll("main details[data-more]")) {
    const table = fold.previousElementSibling;
    for (const body of fold.querySelectorAll("tbody")) {
      if ("continued" in body.dataset) table.tBodies[table.tBodies.length - 1].append(...body.querySelectorAll("[data-deal]"));
      else table.append(body);
    }
    fold.remove();
  }
}

// Rows for those of a list that it has none of; how many were left for want of room.
function addRows(list, found, deals, room) {
  const group = list.closest("[data-of]") ?? PAGE.querySelector("main"), kind = list.dataset.rows;
  if ([...group.querySelectorAll("[data-rows]")].at(-1) !== list && kind === "card") return [0, 0];
  const scope = scopeOf(list), there = new Set();
  for (const row of group.querySelectorAll("[data-deal]")) there.add(row.dataset.deal);
  const isOf = deal => kind === "open" || kind === "won" ? isOfSide(deal, scope, kind, deals) : isIn(deal, scope, deals);
  const more = inOrderOf(kind, found.filter(deal => !there.has(deal[0]) && isOf(deal)), deals);
  const rows = more.slice(0, room).map(deal => ROWS[kind](saidOf(deal, deals), list));
  rows.forEach((row, at) => { row.dataset.deal = more[at][0]; });
  change(list, one => one.append(...rows), () => rows.forEach(row => row.remove()));
  return [rows.length, more.length - rows.length];
}

function addAllRows(found, deals) {
  let added = 0, left = 0;
  for (const list of PAGE.querySelectorAll("main [data-rows]")) {
    const [more, rest] = addRows(list, found, deals, MOST_ROWS - added);
    added += more;
    left += rest;
  }
  return left;
}

function hideOthers(found) {
  const ids = new Set(found.map(deal => deal[0]));
  for (const row of PAGE.querySelectorAll("main [data-deal]")) if (!ids.has(row.dataset.deal)) hide(row);
  for (const whole of PAGE.querySelectorAll("main [data-whole]")) hide(whole);
}

function hideEmptyParts(found, deals) {
  for (const part of PAGE.querySelectorAll("main [data-part]")) {
    const scope = scopeOf(part), side = part.dataset.part;
    const isOf = deal => side ? isOfSide(deal, scope, side, deals) : isIn(deal, scope, deals);
    const isDue = scope.some(([key]) => key === "for" || key === "kind");
    if (isDue ? !made(found, scope, deals).due.length : !found.some(isOf)) hide(part);
  }
  for (const fold of PAGE.querySelectorAll("main details:has(> [data-figure=folded])"))
    if (!fold.querySelector("[data-deal]:not([hidden])")) hide(fold);
  for (const rows of PAGE.querySelectorAll("main table:has(tr[data-part]) > tbody"))
    if (!rows.querySelector("tr:not([hidden])")) hide(rows.closest("section") ?? rows.parentElement);
  for (const fold of PAGE.querySelectorAll("main details:has([data-deal]:not([hidden], .entry))"))
    if (!fold.open) change(fold, one => { one.open = true; }, one => { one.open = false; });
}

function showFigures(found, deals) {
  for (const element of PAGE.querySelectorAll("main [data-figure]")) {
    const [name, ...more] = element.dataset.figure.split(" ");
    const scope = [...scopeOf(element), ...parsedScope(more.join(" "))];
    show(element, FIGURES[name](made(found, scope, deals), element));
  }
}

function takeAlong(text) {
  for (const link of PAGE.querySelectorAll("main a[href]")) {
    const href = link.getAttribute("href");
    if (!FILTERED.test(href)) continue;
    const [address, hash] = href.split("#"), [path, asked] = address.split("?q=");
    const both = asked ? `${decodeURIComponent(asked.replaceAll("+", " "))} ${text}` : text;
    const along = `${path}?q=${inAddress(both)}${hash ? `#${hash}` : ""}`;
    change(link, one => one.setAttribute("href", along), one => one.setAttribute("href", href));
  }
}

// Show the deals that a query means, and say how many; a mistake leaves the page as it is.
async function filter(box, text) {
  const turn = latest += 1;
  if (!text.trim()) {
    restore();
    box.say("");
    return;
  }
  const deals = await allDeals();
  if (turn !== latest) return;
  let means;
  try {
    means = query(text, deals.known);
  } catch (wrong) {
    if (!(wrong instanceof Mistake)) throw wrong;
    box.refuse(wrong);
    return;
  }
  restore();
  unfold();
  const page = parsedScope(box.place.dataset.filter);
  const whole = deals.rows.filter(deal => isIn(deal, page, deals)), found = whole.filter(means);
  const left = addAllRows(found, deals);
  hideOthers(found);
  hideEmptyParts(found, deals);
  showFigures(found, deals);
  takeAlong(text);
  const more = [...strangersIn(text, deals), box.place.dataset.left, left && `${grouped(left)} more are not listed here: narrow the query`];
  box.say([`${grouped(found.length)} of ${count(whole.length, "deal")}`, ...more].filter(Boolean).join("; "));
}

async function saveCsv(box) {
  const deals = await allDeals(), page = parsedScope(box.place.dataset.filter);
  const text = box.input.value;
  const means = text.trim() ? query(text, deals.known) : () => true;
  saved("deals.csv", csvOf(deals.rows.filter(deal => isIn(deal, page, deals) && means(deal)), deals));
}

function boxAt(place) {
  const input = make("input", {
    id: "filter", type: "search", maxlength: "1000", autocomplete: "off", autocapitalize: "none",
    spellcheck: "false", placeholder: "state:open value>=10k", "aria-describedby": "filter-said",
  });
  const save = make("button", {type: "button", class: "quiet-button"}, "CSV");
  const said = make("p", {id: "filter-said", class: "filter-said", role: "status"});
  const box = {
    place, input,
    say(text) {
      input.removeAttribute("aria-invalid");
      said.replaceChildren(...coded(text));
    },
    refuse({message, help}) {
      input.setAttribute("aria-invalid", "true");
      said.replaceChildren(make("span", {class: "status is-error"}, ...coded(message)), " ", ...coded(help));
    },
  };
  const form = make("form", {class: "filter-form", role: "search", "aria-label": "Filter"},
    make("label", {for: "filter"}, "Filter"), input, save, said);
  form.addEventListener("submit", event => event.preventDefault());
  save.addEventListener("click", () => saveCsv(box));
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      writeAddress(input.value.trim());
      filter(box, input.value);
    }, 120);
  });
  input.addEventListener("focus", allDeals, {once: true});
  place.replaceChildren(form);
  return box;
}

function setUpFilter() {
  undo = [];
  const place = PAGE.querySelector("main [data-filter]");
  if (!place) return;
  const box = boxAt(place);
  box.input.value = askedInAddress();
  if (box.input.value) filter(box, box.input.value);
}
