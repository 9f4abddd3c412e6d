// What if: a probability, a close date or a deal changed, and what becomes of the quarter. Nothing
// is saved; the address keeps it, as `#if=deal:p40,other:c2027-01-10,third:drop`.

const MOST_ASKED = 25, HALF_CENT = 0.005, LEAST_CHANCE = 0.0001, OTHERS_HEAD = "what-if-others";

function setUpWhatIf() {
  const place = PAGE.querySelector("[data-what-if]");
  if (!place) return;
  const button = make("button", {type: "button", class: "quiet-button"}, "What if…");
  place.replaceChildren(button);
  const open = () => loaded("what-if.js").then(() => askWhatIf(place, given["what-if"], askedIf()));
  button.addEventListener("click", () => open().then(() => place.querySelector("input")?.focus()));
  if (!askedIf().size) return;
  place.closest("details").open = true;
  open();
}

function askedIf() {
  const found = new Map(), hash = /^#if=(.*)/.exec(location.hash);
  // Some that pass an address on escape its commas and colons.
  const text = hash ? hash[1].replace(/%2c/gi, ",").replace(/%3a/gi, ":") : "";
  for (const term of text.split(",")) {
    const [, id, said] = /^([a-z0-9-]+):(p[0-9]{1,3}|c[0-9-]{10}|drop)$/.exec(term) ?? [];
    if (!id) continue;
    const kind = said === "drop" ? "drop" : said[0];
    found.set(id, {...found.get(id), [kind]: kind === "drop" || said.slice(1)});
  }
  return found;
}

function writeIf(asked) {
  const terms = [];
  for (const [id, said] of asked)
    for (const [kind, value] of Object.entries(said)) terms.push(`${id}:${kind === "drop" ? kind : kind + value}`);
  const hash = terms.length ? `#if=${terms.join(",")}` : "";
  try {
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  } catch {
    location.hash = hash;
  }
}

function dealOf([id, title, path, worth, p, owner, company, close, together, dated], isIn) {
  return {id, title, path, worth: Number(worth), p: Number(p), owner, company, close, together: Number(together), dated: Number(dated), isIn};
}

// What a deal brings now: with a date in the quarter it counts, with another it does not.
function changed(deal, said = {}, data) {
  const isIn = said.c ? isAhead(said.c, data) : deal.isIn;
  if (said.drop || !isIn) return {...deal, p: 0};
  return {...deal, p: said.p === undefined ? usual(deal, said, data) : Math.min(Number(said.p), 100) / 100};
}

function isAhead(close, {first, last}) {
  return first <= close && close <= last;
}

// How probable a deal is where no other probability is asked for: what comes into the quarter by its
// date has until its end, also where it counted a little without.
function usual(deal, said, data) {
  return said.c && isAhead(said.c, data) && !isAhead(deal.close, data) ? deal.dated : deal.p;
}

function askWhatIf(place, data, asked) {
  const deals = [...data.deals.map(row => dealOf(row, true)), ...data.others.map(row => dealOf(row, false))];
  const output = make("output", {"aria-live": "polite"}), reset = make("button", {type: "button", class: "quiet-button"}, "As it is");
  const work = () => {
    output.textContent = landsWords(deals.map(deal => changed(deal, asked.get(deal.id), data)), data);
    reset.disabled = !asked.size;
    writeIf(asked);
  };
  const set = (id, kind, value) => {
    const {[kind]: _, ...rest} = asked.get(id) ?? {}, said = value ? {...rest, [kind]: value} : rest;
    if (Object.keys(said).length) asked.set(id, said);
    else asked.delete(id);
    work();
  };
  const largest = some => some.sort((one, other) => other.worth - one.worth).slice(0, MOST_ASKED);
  const groups = [true, false].map(isIn => largest(deals.filter(deal => deal.isIn === isIn)));
  reset.addEventListener("click", () => {
    asked.clear();
    askWhatIf(place, data, asked);
    place.querySelector("input")?.focus();
  });
  const head = make("tr", {}, ...["Deal", "Value", "Probability, %", "Close", "Drop"].map(name => make("th", {scope: "col"}, name)));
  const [own, others] = groups.map(some => some.map(deal => askedRow(deal, asked, data, set)));
  place.replaceChildren(
    make("h3", {}, `What if, ${data.label}`), make("p", {}, output), ...askedOf(deals, data),
    make("table", {class: "what-if pairs"}, make("thead", {}, head), make("tbody", {}, ...own), ...othersOf(others, data)), reset);
  work();
}

// The deals of other dates, below what makes them count.
function othersOf(rows, {label}) {
  if (!rows.length) return [];
  const words = `Other deals: each counts once its close date is in the rest of ${label}.`;
  const head = make("th", {scope: "rowgroup", colspan: 5, id: OTHERS_HEAD}, words);
  return [make("tbody", {}, make("tr", {class: "group-row"}, head), ...rows)];
}

// Of how many deals of the quarter the largest are listed, where that is not all.
function askedOf(deals, {label}) {
  const all = deals.filter(deal => deal.isIn).length;
  const words = `The ${MOST_ASKED} largest of ${grouped(all)} deals of ${label}; the others count as they are.`;
  return all > MOST_ASKED ? [make("div", {class: "small muted"}, words)] : [];
}

function askedRow(deal, asked, data, set) {
  const now = () => asked.get(deal.id) ?? {}, said = now();
  const usualPercent = () => String(Math.round(usual(deal, now(), data) * 100));
  const input = (type, name, about) => make("input", {type, "aria-label": `${name}: ${deal.title}`, ...about});
  const about = deal.isIn ? {} : {"aria-describedby": OTHERS_HEAD};
  const p = input("number", "Probability", {min: 0, max: 100, step: 1, value: said.p ?? usualPercent(), ...about});
  const close = input("date", "Close", {value: said.c ?? deal.close});
  const drop = input("checkbox", "Drop", {checked: !!said.drop});
  p.addEventListener("input", () => {
    if (p.reportValidity()) set(deal.id, "p", p.value !== "" && p.value !== usualPercent() && String(Math.round(Number(p.value))));
  });
  close.addEventListener("input", () => {
    set(deal.id, "c", close.value !== deal.close && close.value);
    p.value = now().p ?? usualPercent();
  });
  drop.addEventListener("change", () => set(deal.id, "drop", drop.checked));
  const cells = [["Value", rounded(decimal(deal.worth.toFixed(2)), data.currency)], ["Probability", p], ["Close", close], ["Drop", drop]];
  return make("tr", {}, make("th", {scope: "row"}, make("bdi", {}, deal.title)),
    ...cells.map(([name, inside]) => make("td", {"data-label": name}, inside)));
}

function landsWords(deals, data) {
  const some = deals.filter(deal => deal.isIn || deal.p > 0);
  const spread = spreadOf(some, some.reduce((most, deal) => Math.max(most, deal.together), 0));
  const [low, middle, high] = [0.1, 0.5, 0.9].map(part =>
    compact(plus(decimal(data.won), decimal(quantile(spread, part).toFixed(2))), data.currency));
  const isSure = quantile(spread, 0.1) === quantile(spread, 0.9);
  const words = isSure ? `${middle} in more than eight of ten cases${data.without}`
    : `${low} to ${high} in eight of ten cases, ${middle} in the middle${data.without}`;
  if (!data.goal) return `${words}.`;
  const chance = chanceOf(some, spread, Number(data.goal));
  return `${words}. The target is reached in ${chanceWords(chance)}.`;
}

// What is not certain is at least so probable, and so is its contrary: also what the spread has no more.
function chanceOf(deals, spread, goal) {
  const worth = some => deals.reduce((sum, deal) => sum + (some(deal) ? deal.worth : 0), 0);
  const sure = worth(deal => deal.p === 1), isOpen = deal => deal.p > 0 && deal.p < 1;
  const least = sure + worth(deal => isOpen(deal) && deal.worth < 0);
  const most = sure + worth(deal => isOpen(deal) && deal.worth > 0);
  if (goal <= least + HALF_CENT) return 1;
  if (goal > most + HALF_CENT) return 0;
  return Number(Math.min(Math.max(reaches(spread, goal), LEAST_CHANCE), 1 - LEAST_CHANCE).toFixed(4));
}

// In whole percents, a half to the even one, as the pages have it.
function chanceWords(chance) {
  if (chance > 0 && chance < 0.01) return "under 1%";
  if (chance > 0.99 && chance < 1) return "over 99%";
  const whole = Math.floor(chance * 100), rest = Number((chance * 100 - whole).toFixed(6));
  return `${rest > 0.5 || (rest === 0.5 && whole % 2) ? whole + 1 : whole}%`;
}
