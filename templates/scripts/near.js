// Near misses: what somebody probably meant.

const ALIKE = 0.7;

// How many letters stand in the same order in both.
function inOrder(a, b) {
  let row = new Array(b.length + 1).fill(0);
  for (const x of a) {
    const before = row;
    row = [0];
    for (let at = 0; at < b.length; at += 1)
      row.push(x === b[at] ? before[at] + 1 : Math.max(row[at], before[at + 1]));
  }
  return row[b.length];
}

function nearest(word, known) {
  const low = word.trim().toLowerCase().replace(/[_ ]/g, "-");
  if (!low || low.length > 100) return "";
  if (known.includes(low)) return low;
  let best = ALIKE, found = "";
  for (const other of [...known].sort()) {
    const alike = 2 * inOrder(low, other) / (low.length + other.length);
    if (alike >= best) [best, found] = [alike, other];
  }
  if (found) return found;
  const begun = low.length < 3 ? [] : known.filter(other => other.includes(low));
  return begun.length === 1 ? begun[0] : "";
}

function listed(words) {
  return words.map(word => `\`${word}\``).join(", ");
}

function didYouMean(word, known, what = "Use one of") {
  const near = nearest(word, known);
  if (near) return `Did you mean \`${near}\`?`;
  return known.length && known.length <= 12 ? `${what}: ${listed(known)}.` : "";
}
