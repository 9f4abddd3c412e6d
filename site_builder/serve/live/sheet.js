// One dialog for all forms, and a bar that says what was done.
import { ask } from "./ask.js";
import { button, coded, el, problems } from "./parts.js";

let closed = () => {}, before = "", opener = "";
const dialog = el("dialog", { id: "dealog-sheet", "data-live": "", "aria-labelledby": "dealog-sheet-title" });
const bar = el("div", { id: "dealog-bar", "data-live": "", role: "status" });
document.body.append(dialog, bar);
dialog.addEventListener("close", () => {
  const then = closed;
  closed = () => {};
  // The page may have been shown anew meanwhile, and what opened the dialog be another element.
  const focused = document.activeElement;
  if (focused === document.body || dialog.contains(focused)) document.getElementById(opener)?.focus({ preventScroll: true });
  then(dialog.returnValue);
});
dialog.addEventListener("click", (event) => { if (event.target === dialog && !dialog.dataset.keep) dialog.close(); });

/** Show a form under a title. `left` is called when it is closed, with `done` where something was. */
export const open = (title, content, left = () => {}) => {
  const isNew = !dialog.open;
  if (isNew) [closed, opener] = [left, document.activeElement?.id ?? ""];
  dialog.returnValue = "";
  delete dialog.dataset.keep;
  dialog.className = "";
  dialog.replaceChildren(
    el("div", { className: "live-head" },
      el("h2", { id: "dealog-sheet-title", dir: "auto", textContent: title }),
      button("Close", () => dialog.close(), { className: "live-close" })),
    content);
  if (isNew) dialog.showModal();
  (dialog.querySelector("[autofocus]") ?? content.querySelector("button, input, select, textarea"))?.focus();
  return dialog;
};

export const close = (how = "") => dialog.close(how);

export const isOpen = () => dialog.open;

bar.addEventListener("focusin", ({ relatedTarget }) => {
  if (relatedTarget && !bar.contains(relatedTarget)) before = relatedTarget.id;
});

/** Focus is given back to what had it before the bar. */
const dismiss = () => {
  bar.replaceChildren();
  document.getElementById(before)?.focus();
};

/** Say what was done, with the way back; focus that was in the bar stays in it. */
export const say = (text, undo = "", warnings = []) => {
  const parts = [el("p", { dir: "auto" }, ...coded(text))];
  if (warnings.length) parts.push(problems(warnings));
  if (undo) parts.push(button("Undo", () => takeBack(undo)));
  parts.push(button("Dismiss", dismiss, { className: "live-quiet" }));
  const isThere = bar.contains(document.activeElement);
  bar.replaceChildren(...parts);
  if (isThere) bar.lastElementChild.focus();
};

const takeBack = async (of) => {
  const told = await ask("do/undo", { of });
  if (told.ok) say("Taken back.");
  else say(told.refused);
};

/** A form that does something: what it says is sent, what is wrong with it is shown in it. */
export const doing = (deed, given, fields, label) => {
  const wrong = el("div", { role: "alert", className: "live-wrong" });
  const override = el("div");
  const send = el("button", { type: "submit", textContent: label });
  const form = el("form", { className: "live-form" }, ...fields, override, wrong, el("p", { className: "live-actions" }, send));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = { ...given };
    for (const [name, value] of new FormData(form)) {
      if (value === "") continue;
      said[name] = name in said && !(name in given) ? [said[name], value].flat() : value;
    }
    send.disabled = true;
    const told = await ask(`do/${deed}`, said);
    send.disabled = false;
    if (told.ok) {
      dialog.close("done");
      say([told.done, told.also].filter(Boolean).join(". "), told.undo, told.problems);
      return;
    }
    refuse(form, wrong, override, told);
  });
  form.refuse = (told) => refuse(form, wrong, override, told);
  return form;
};

const refuse = (form, wrong, override, told) => {
  wrong.replaceChildren(el("p", {}, ...coded(told.refused)), ...(told.problems?.length ? [problems(told.problems)] : []));
  if (told.asks !== "override" || override.childElementCount) return;
  const why = el("input", { name: "override", type: "text", autocomplete: "off", required: true, id: "live-override", dir: "auto" });
  override.append(el("p", { className: "live-field" }, el("label", { for: "live-override", textContent: "Why they are passed all the same" }), why));
  form.querySelector("button[type=submit]").textContent = "Move all the same";
  why.focus();
};
