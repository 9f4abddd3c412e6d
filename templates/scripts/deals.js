// The deals as data, loaded when they are first asked for: see pages/deals_data.py.

const PAGE = globalThis.document;
const ROOT = PAGE?.currentScript?.getAttribute("src").replace(/assets\/site\.js.*$/, "") ?? "";
const given = {}, loading = {};

globalThis.dealog = {
  given(name, value) {
    given[name] = value;
  },
};

// What a script of the site does, once.
function loaded(path) {
  loading[path] ??= new Promise((done, failed) => {
    const script = PAGE.createElement("script");
    Object.assign(script, {src: ROOT + path, onload: done, onerror: () => failed(new Error(path))});
    PAGE.head.append(script);
  });
  return loading[path];
}

function listOf(cell) {
  return cell === undefined || cell === 0 ? [] : Array.isArray(cell) ? cell : [cell];
}

// All deals of the data, and what queries know of them.
function dealsOf(data) {
  const places = Object.fromEntries(data.columns.map((name, at) => [name, at]));
  const cells = (deal, name) => listOf(deal[places[name]]);
  // What a deal is expected to bring on the board; the forecast has omitted ones apart.
  const pair = (deal, name) => name === "brings"
    ? text(deal, "category") !== "omitted" && pair(deal, "expects") : deal[places[name]] || null;
  const text = (deal, name) => cells(deal, name).join(", ");
  const named = id => folded(`${id}\n${data.contacts[id] ?? ""}`.trimEnd());
  const amount = pair => !pair ? [] : [pair[1] === data.currency ? pair[0] : null];
  const special = {
    company: deal => cells(deal, "company").map(named),
    contact: deal => cells(deal, "contacts").map(named),
    tag: deal => cells(deal, "tags").map(folded),
    stale: deal => cells(deal, "stale").length ? ["yes", ...cells(deal, "stale")] : ["no"],
    value: deal => amount(pair(deal, "worth")),
    expected: deal => amount(pair(deal, "brings")),
  };
  const words = new Map(), views = new Map();
  const known = {
    fields: Object.fromEntries(Object.entries(data.fields).map(
      ([name, [sort, unit, ids, was]]) => [name, {sort, unit: unit || "", known: ids || null, was: was || {}}],
    )),
    today: dayOf(data.today),
    starts: data.starts,
    values: (deal, name) => Object.hasOwn(special, name) ? special[name](deal)
      : cells(deal, `?${name}` in places ? `?${name}` : name),
    words(deal) {
      if (!words.has(deal)) {
        const names = [...cells(deal, "company"), ...cells(deal, "contacts")]
          .map(id => data.contacts[id] ?? "");
        const every = [deal[0], text(deal, "title"), ...cells(deal, "tags"), ...names];
        words.set(deal, folded([...every, text(deal, "next-text")].join("\n")));
      }
      return words.get(deal);
    },
    // The test of deals that a saved view is.
    view(id) {
      if (!views.has(id)) views.set(id, query(data.views[id], known));
      return views.get(id);
    },
  };
  return {data, rows: data.rows, known, text, cells, pair};
}
