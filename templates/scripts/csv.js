// Deals as a file for a spreadsheet, in which no cell is run as a formula: what
// `dealog list --format csv` prints.

function csvOf(some, deals) {
  const names = deals.data.columns.slice(0, deals.data.csv);
  const rows = some.map(deal => names.map(name => csvCell(deals.text(deal, name))));
  return [names, ...rows].map(row => `${row.join(",")}\r\n`).join("");
}

function csvCell(text) {
  const isNumber = /^-[0-9]*\.?[0-9]*$/.test(text) && text.length > 1 && text !== "-.";
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function saved(name, text) {
  const link = make("a", {href: URL.createObjectURL(new Blob([text], {type: "text/csv"})), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
