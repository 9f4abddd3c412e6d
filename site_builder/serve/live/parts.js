// The parts that forms are made of.

/** An element with properties and children; a name with a dash, `for` and `role` are attributes. */
export const el = (tag, props = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (/-|^(for|role)$/.test(name)) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

let count = 0;

/** A labelled control. */
export const field = (label, control, hint = "") => {
  control.id ||= `live-field-${++count}`;
  const note = hint ? el("span", { className: "muted small", textContent: hint }) : null;
  return el("p", { className: "live-field" }, el("label", { for: control.id, textContent: label }), control, note);
};

export const input = (name, props = {}) => el("input", { name, type: "text", autocomplete: "off", dir: "auto", ...props });

export const choice = (name, options, chosen = "") => {
  const made = el("select", { name });
  made.append(...options.map(({ id, name: text }) => el("option", { value: id, textContent: text, selected: id === chosen })));
  return made;
};

export const button = (text, onclick, props = {}) => el("button", { type: "button", textContent: text, onclick, ...props });

/** A text in which what stands in backticks is code. */
export const coded = (text) =>
  text.split("`").map((part, at) => (at % 2 ? el("code", { textContent: part }) : part));

/** Problems, each with its place and what to do. */
export const problems = (list, extra = () => []) =>
  el("ul", { className: "live-problems" }, ...list.map((one) =>
    el("li", { className: `is-${one.severity}` },
      el("p", {}, el("span", { className: `status is-${one.severity}`, textContent: `${one.severity} ` }), ...coded(one.message)),
      one.help ? el("p", { className: "muted small" }, ...coded(one.help)) : null,
      ...extra(one))));
