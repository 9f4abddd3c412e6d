// Exact decimals, as whole numbers of so many places.

function decimal(text) {
  const [, sign, whole, part = ""] = /^(-?)([0-9]*)(?:\.([0-9]*))?$/.exec(text);
  return {n: BigInt(`${sign}${whole}${part}` || 0), places: part.length};
}

function scaled(one, places) {
  return one.n * 10n ** BigInt(places - one.places);
}

function plus(one, other) {
  const places = Math.max(one.places, other.places);
  return {n: scaled(one, places) + scaled(other, places), places};
}

function compare(one, other) {
  const places = Math.max(one.places, other.places);
  const by = scaled(one, places) - scaled(other, places);
  return by < 0n ? -1 : by > 0n ? 1 : 0;
}

function times(one, factor) {
  return {n: one.n * BigInt(factor), places: one.places};
}

// Divided by ten, so many times.
function shifted(one, times) {
  return {n: one.n, places: one.places + times};
}

function positive(one) {
  return {n: one.n < 0n ? -one.n : one.n, places: one.places};
}

// A positive one with so many places, halves up: "1234.50".
function fixed(one, places) {
  const unit = 10n ** BigInt(Math.max(0, one.places - places));
  const n = one.places > places ? (one.n + unit / 2n) / unit : scaled(one, places);
  const digits = n.toString().padStart(places + 1, "0");
  return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
}
