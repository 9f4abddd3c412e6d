// Which deals a part of a page is of: `data-of`, see pages/scopes.py.

const APART = ["omitted", "parked", "won-undated", "won-before"];

function scopeOf(element) {
  const found = [];
  for (let at = element.closest("[data-of]"); at; at = at.parentElement?.closest("[data-of]"))
    found.push(at.dataset.of);
  found.push(PAGE.querySelector("main [data-filter]").dataset.filter);
  return parsedScope(found.join(" "));
}

function parsedScope(text) {
  return text.split(" ").filter(Boolean).map(term => term.split(":"));
}

// Whether a deal is of a scope.
function isIn(deal, scope, deals) {
  if (scope.some(([key]) => key === "within" || key === "apart"))
    return ["open", "won"].some(side => isOfSide(deal, scope, side, deals));
  return scope.every(term => holds(deal, term, deals));
}

function holds(deal, [key, value], {text, cells, data, known}) {
  if (key === "stale") return value === "yes" ? cells(deal, key).length : cells(deal, key).includes(value);
  if (key === "type") return data.stages[text(deal, "pipeline")]?.[text(deal, "stage")]?.[1] === value;
  if (key === "due") return cells(deal, "due").length > 0;
  if (key === "category") return (text(deal, key) || "none") === value;
  if (key === "view") return known.view(value)(deal);
  return key === "for" || key === "kind" || key === "when" || text(deal, key) === value;
}

// Whether the forecast counts a deal among the open or the won ones of a scope. What is won is
// its who owned it then.
function isOfSide(deal, scope, side, deals) {
  const isOpen = side === "open", place = deals.text(deal, isOpen ? "in" : "won-in");
  if (!place) return false;
  const isApart = scope.some(([key]) => key === "apart");
  if (APART.includes(place) && !isApart) return false;
  return scope.every(([key, value]) => {
    if (key === "within") return place === value || deals.data.periods[place]?.includes(value);
    if (key === "apart") return isAside(deal, place, value, isOpen, deals);
    if (key === "owner") return deals.text(deal, isOpen ? "owner" : "won-by") === value;
    if (key === "category" && !isOpen) return false;
    return holds(deal, [key, value], deals);
  });
}

function isAside(deal, place, which, isOpen, {text, data}) {
  if (APART.includes(which)) return place === which;
  if (!isOpen || APART.includes(place)) return false;
  if (which === "valueless") return !text(deal, "value");
  return !data.stages[text(deal, "pipeline")][text(deal, "stage")][2];
}
