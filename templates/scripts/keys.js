// Keys: see the dialog that `?` opens. None is taken while somebody types, with other keys held, in a
// dialog, or where keys have been turned off.

const GO = {
  h: ["index.html", "Overview"], b: ["board.html", "Board"], d: ["deals.html", "Deals"],
  s: ["stale.html", "Stale"], f: ["forecast.html", "Forecast"], c: ["contacts.html", "Contacts"],
  u: ["follow-ups.html", "Follow-ups"], p: ["problems.html", "Problems"],
};
const KEYS = {
  "/": ["Search", openSearch],
  f: ["Filter the list", () => PAGE.getElementById("filter")?.focus()],
  j: ["Next deal or row", () => step(1)],
  k: ["The one before", () => step(-1)],
  "?": ["These keys", openKeys],
};
// A site that has not all pages leads to those in its header.
const OWN_WAYS = PAGE.querySelector("header[data-ways]");
const isThere = ([path]) => !OWN_WAYS || OWN_WAYS.querySelector(`a[href="${ROOT}${path}"]`);
const SWITCH = "dealog-keys", PATIENCE = 1500;
let goes = 0, areOff = false;

// What is remembered in this browser; where nothing can be, nothing is.
function remembered(value) {
  try {
    if (value !== undefined) localStorage.setItem(SWITCH, value);
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
}

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
}

// Focus the next or last link of a row, card or entry of a list.
function step(by) {
  const rows = [...PAGE.querySelectorAll("main :is([data-deal], tbody tr:not(.group-row), .agenda > li, .recent > li)")];
  const links = rows.filter(row => row.checkVisibility()).map(row => row.querySelector("a"));
  const there = links.filter((link, at) => link && links.indexOf(link) === at);
  const now = there.findIndex(link => link.closest("[data-deal], tr, li").contains(PAGE.activeElement));
  const next = now < 0 ? (by > 0 ? 0 : there.length - 1) : now + by;
  there[Math.min(Math.max(next, 0), there.length - 1)]?.focus();
}

// Close the menus of cards that are open; the one where focus is gets it back on its mark.
function closeMenus() {
  for (const menu of PAGE.querySelectorAll("details.card-menu[open]")) {
    if (menu.contains(PAGE.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

function pressed(event) {
  if (event.key === "Escape") closeMenus();
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (areOff || isTyping(event.target) || PAGE.querySelector("dialog[open]")) return;
  const isGoing = goes > 0 && event.timeStamp - goes < PATIENCE, key = event.key;
  goes = 0;
  if (isGoing && Object.hasOwn(GO, key) && isThere(GO[key])) location.href = ROOT + GO[key][0];
  else if (key === "g") goes = event.timeStamp;
  else if (Object.hasOwn(KEYS, key)) KEYS[key][1]();
  else return;
  event.preventDefault();
}

function keyRow(keys, what) {
  return make("div", {}, make("dt", {}, ...keys.flatMap((key, at) => [at ? " " : "", make("kbd", {}, key)])), make("dd", {}, what));
}

function keysDialog() {
  const box = make("input", {type: "checkbox", id: "keys-on"});
  box.checked = !areOff;
  box.addEventListener("change", () => {
    areOff = !box.checked;
    remembered(areOff ? "off" : "on");
  });
  const rows = [...Object.entries(KEYS).map(([key, [what]]) => keyRow([key], what)),
    ...Object.entries(GO).filter(([, way]) => isThere(way)).map(([key, [, what]]) => keyRow(["g", key], what))];
  return dialogOf({id: "keys", "aria-labelledby": "keys-title"}, make("h2", {id: "keys-title"}, "Keys"),
    make("dl", {class: "keys"}, ...rows),
    make("label", {class: "toggle", for: "keys-on"}, box, " Single keys are on"));
}

function openKeys() {
  (PAGE.getElementById("keys") ?? keysDialog()).showModal();
}

function setUpKeys() {
  areOff = remembered() === "off";
  const place = PAGE.querySelector("footer.site p");
  if (!place) return;
  const button = make("button", {type: "button", class: "keys-open"}, "Keys");
  button.addEventListener("click", openKeys);
  place.append(" ", button);
}
