// What deals bring together, as forecast/spread.py works it out: the same steps in the same order,
// so that the figures are the same.

const BOTH_WAYS = [[-1, 0.25], [0, 0.5], [1, 0.25]];
const FAR = {owner: 0.2, company: 0.3}, FEW = 8, CELLS = 250, NONE = 1e-12;

function spreadOf(deals, together) {
  const counted = deals.filter(deal => deal.worth && deal.p > 0);
  if (!counted.length) return [[0, 1]];
  const all = counted.reduce((sum, deal) => sum + Math.abs(deal.worth), 0);
  const step = counted.length <= FEW ? 0.01 : all / CELLS;
  const found = mixed(together, [], lifts => ofAll(counted, lifts, step));
  return [...found].sort((one, other) => one[0] - other[0]).map(([at, chance]) => [at * step, chance]);
}

function quantile(spread, part) {
  let reached = 0;
  for (const [sum, chance] of spread) {
    reached += chance;
    if (reached >= part - NONE) return sum;
  }
  return spread.at(-1)[0];
}

function reaches(spread, goal) {
  return spread.reduce((sum, [at, chance]) => at >= goal - NONE ? sum + chance : sum, 0);
}

function ofAll(deals, lifts, step) {
  return summed(groupedBy(deals, deal => deal.owner), group =>
    mixed(group.length > 1 ? FAR.owner : 0, lifts, more => ofOwner(group, more, step)));
}

function ofOwner(deals, lifts, step) {
  return summed(groupedBy(deals, deal => deal.company || deal), group =>
    mixed(group.length > 1 ? FAR.company : 0, lifts, more =>
      summed(group, deal => ofOne(deal, more, step))));
}

function ofOne({p, worth}, lifts, step) {
  const lifted = lifts.reduce((so, lift) => so + lift * so * (1 - so), p), cells = Number((worth / step).toFixed(6));
  const below = Math.floor(cells), rest = cells - below, found = new Map([[0, 1 - lifted]]);
  for (const [at, share] of [[below, 1 - rest], [below + 1, rest]])
    if (share) found.set(at, (found.get(at) ?? 0) + lifted * share);
  return found;
}

function groupedBy(deals, key) {
  const found = new Map();
  for (const deal of deals) found.set(key(deal), [...found.get(key(deal)) ?? [], deal]);
  return [...found.values()];
}

function mixed(far, lifts, sumsOf) {
  if (!far) return sumsOf(lifts);
  const found = new Map();
  for (const [way, weight] of BOTH_WAYS)
    for (const [at, chance] of sumsOf([...lifts, way * far])) found.set(at, (found.get(at) ?? 0) + weight * chance);
  return found;
}

function summed(several, sumsOf) {
  let whole = new Map([[0, 1]]);
  for (const one of several) {
    const both = new Map();
    for (const at of whole.keys()) both.set(at, 0);
    for (const [more, chance] of sumsOf(one))
      for (const [at, soFar] of whole) both.set(at + more, (both.get(at + more) ?? 0) + soFar * chance);
    whole = new Map([...both].filter(([, chance]) => chance > NONE));
  }
  return whole;
}
