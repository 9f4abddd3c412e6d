// Search through deals, contacts and notes, in a dialog: see pages/search_data.py. What it looks
// through is loaded when it is first opened.

const SHARES = 16, MOST_FOUND = 20, SHORT = 2, CHUNK = 500, AROUND = 60;
const COMMON = new Set("a an and are as at be by for from in is it of on or that the they this to was we with".split(" "));
const INDEXED = {
  fields: ["name", "about", "notes"],
  searchOptions: {boost: {name: 4, about: 2}, prefix: true},
  tokenize: text => text.split(/[^\p{L}\p{N}\p{M}]+/u),
  processTerm: term => {
    const low = folded(term).slice(0, 40);
    return COMMON.has(low) ? null : low || null;
  },
};
let searching;

// The name, the title, whom it names, words about it, phone, summary and notes of a row.
function subjectsOf(rows) {
  const names = new Map(rows.map(row => [row[0], row[1]]));
  return rows.map(([name, title, people, about, phone, text, notes], id) => ({
    id, path: `${ROOT}${name}.html`, isDeal: name.startsWith("deals/"), title,
    people: listOf(people).map(one => names.get(`contacts/${one}`) ?? one),
    about: about || "", phone: phone || "", summary: text || "",
    notes: listOf(notes).map(([day, kind, headline, words, place]) => ({
      day, kind, place: place || `#note-${day}`, text: [headline, words].filter(Boolean).join(". "),
    })),
  }));
}

async function searchedThrough() {
  const shares = Array.from({length: SHARES}, (_, n) => `search/${String(n).padStart(2, "0")}`);
  await Promise.all([loaded("assets/minisearch.js"), ...shares.map(share => loaded(`${share}.js`))]);
  const subjects = subjectsOf(shares.flatMap(share => given[share]));
  const index = new globalThis.MiniSearch(INDEXED);
  await index.addAllAsync(subjects.map(one => ({
    id: one.id, name: one.title,
    about: [...one.people, one.about, one.path.slice(ROOT.length, -5)].join(" "),
    notes: [one.summary, ...one.notes.map(note => note.text)].join(" "),
  })), {chunkSize: CHUNK});
  return {subjects, index};
}

// The digits of a phone number without what stands before it in one country or from another.
function digitsOf(text) {
  return text.replace(/[^0-9]/g, "").replace(/^0+/, "");
}

function foundByPhone(text, subjects) {
  if (!/^[+0-9][-0-9 ()./]*$/.test(text) || digitsOf(text).length < 4) return [];
  const asked = digitsOf(text.replace("(0)", ""));
  return subjects.filter(one => one.phone && digitsOf(one.phone.replace("(0)", "")).includes(asked))
    .map(one => ({one, terms: []}));
}

// All words have to be there: one of a letter or two at the beginning of a name, for notes have
// far too many such; longer ones anywhere.
function wordsOf(text, fuzzy) {
  const words = INDEXED.tokenize(text).map(INDEXED.processTerm).filter(Boolean);
  const fields = word => word.length > SHORT ? INDEXED.fields : INDEXED.fields.slice(0, 1);
  const queries = words.map(word => ({queries: [word], fields: fields(word), fuzzy: word.length > 3 && fuzzy}));
  return {combineWith: "AND", queries};
}

// Words with slips are looked for where there are few without.
function foundByWords(text, index) {
  const found = index.search(wordsOf(text, false));
  return found.length < MOST_FOUND ? index.search(wordsOf(text, 0.2)) : found;
}

function foundOf(text, {subjects, index}) {
  const byPhone = foundByPhone(text.trim(), subjects);
  const rest = foundByWords(text, index).map(({id, terms}) => ({one: subjects[id], terms}));
  return [...byPhone, ...rest.filter(({one}) => !byPhone.some(other => other.one === one))];
}

// Where in a text the first of some words begins; infinitely far where none does.
function placeOf(text, terms) {
  const low = folded(text);
  const places = low.length === text.length ? terms.map(term => low.indexOf(term)) : [];
  return Math.min(...places.filter(place => place >= 0), Infinity);
}

function plainText(text) {
  return withNames(text, {}).replace(/[*_`#>\\]+|^- (?:\[.\] )?/gm, "").replace(/\s+/g, " ");
}

// The piece of a text around the first of some words, with the word marked.
function pieceOf(text, terms) {
  const plain = plainText(text), at = placeOf(plain, terms);
  if (at === Infinity) return [plain.slice(0, 2 * AROUND)];
  const begin = plain.lastIndexOf(" ", Math.max(0, at - AROUND)) + 1;
  const word = /^[\p{L}\p{N}\p{M}]+/u.exec(plain.slice(at))?.[0] ?? plain[at];
  const after = plain.slice(at + word.length, at + word.length + 2 * AROUND);
  return [begin ? "… " : "", plain.slice(begin, at), make("mark", {}, word), after];
}

function noteFound({notes, path}, terms) {
  const note = terms.length && notes.find(one => placeOf(plainText(one.text), terms) < Infinity);
  if (!note) return "";
  const place = note.place.startsWith("#") ? path + note.place : path.replace(/\.html$/, note.place);
  return make("p", {class: "found-note"},
    make("a", {href: place}, `${nearDay(note.day, PAGE.querySelector("time")?.dateTime)}, ${note.kind}`), " ",
    make("bdi", {}, ...pieceOf(note.text, terms)));
}

function foundRow({one, terms}) {
  const aside = [one.isDeal ? "deal" : "contact", one.people.join(", "), terms.length ? "" : one.phone];
  return make("li", {},
    make("a", {href: one.path, class: "found-name"}, make("bdi", {}, one.title)), " ",
    make("span", {class: "muted small"}, ...aside.filter(Boolean).flatMap((text, at) => [at ? " · " : "", make("bdi", {}, text)])),
    noteFound(one, terms));
}

function searchDialog() {
  const input = make("input", {type: "search", "aria-label": "Search deals, contacts and notes", placeholder: "Name, word or phone", autocomplete: "off", spellcheck: "false"});
  const said = make("p", {class: "muted small", role: "status"});
  const list = make("ol", {class: "found plain"});
  const run = async () => {
    const text = input.value;
    if (!text.trim()) {
      list.replaceChildren();
      said.textContent = "";
      return;
    }
    said.textContent = "Reading what there is to search …";
    searching ??= searchedThrough();
    const all = await searching.catch(() => null);
    if (text !== input.value) return;
    if (!all) {
      said.textContent = "What there is to search could not be read: reload the page";
      return;
    }
    const found = foundOf(text, all);
    list.replaceChildren(...found.slice(0, MOST_FOUND).map(foundRow));
    const cut = found.length > MOST_FOUND ? `; the first ${MOST_FOUND} are here` : "";
    said.textContent = `${grouped(found.length)} found${cut}`;
  };
  input.addEventListener("input", run);
  return dialogOf({id: "search", "aria-label": "Search"}, input, said, list);
}

function openSearch() {
  const dialog = PAGE.getElementById("search") ?? searchDialog();
  searching ??= searchedThrough();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

function setUpSearch() {
  const place = PAGE.querySelector("[data-search]");
  if (!place) return;
  const button = make("button", {type: "button", class: "search-open", "aria-haspopup": "dialog"}, make("span", {}, "Search"));
  button.addEventListener("click", openSearch);
  place.replaceChildren(button);
}
