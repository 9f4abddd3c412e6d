// Elements of a page. Texts stay texts.

function make(tag, about = {}, ...inside) {
  const element = PAGE.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside.filter(part => part !== "" && part !== null && part !== undefined));
  return element;
}

// A text in which what stands in backticks is code.
function coded(text) {
  return text.split("`").map((part, at) => at % 2 ? make("code", {}, part) : part);
}
