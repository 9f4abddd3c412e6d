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

// A dialog, with a button at the end of its head that closes it, as a click beside it does.
function dialogOf(about, head, ...inside) {
  const close = make("button", {type: "button", class: "quiet-button"}, "Close");
  const dialog = make("dialog", about, make("div", {class: "dialog-head"}, head, close), ...inside);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  // A box in it would take the first Escape to empty itself.
  dialog.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  PAGE.body.append(dialog);
  return dialog;
}

// A text in which what stands in backticks is code.
function coded(text) {
  return text.split("`").map((part, at) => at % 2 ? make("code", {}, part) : part);
}
