// Texts as they are compared: without case and accents, with plain blanks.

function folded(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const LETTERS = {ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", "&": " and "};

// A text in the letters of an id.
function slug(text) {
  const plain = text.replace(/['’`]/g, "").toLowerCase().replace(/[ßæœøđðłþı&]/g, c => LETTERS[c]);
  return folded(plain).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
