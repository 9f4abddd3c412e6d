// A file's text, edited right here: what is wrong with it stands beside it.
import { ask } from "./ask.js";
import { button, el, problems } from "./parts.js";
import { close, open, say } from "./sheet.js";

const QUIET = 250;

/** Open a file's text. */
export const edit = async (path) => {
  const file = await ask("read", { path });
  if (!file.ok) return say(file.refused);
  return show(path, file);
};

const show = (path, file) => {
  const text = el("textarea", { className: "live-text", value: file.text, spellcheck: false, wrap: "off", "aria-label": `Text of ${path}`, autofocus: true });
  // Notes are added at the end of a deal; of settings the beginning says what they are.
  if (path === "pipeline.yml") text.setSelectionRange(0, 0);
  const numbers = el("pre", { className: "live-numbers", "aria-hidden": "true" });
  const wrong = el("div", { className: "live-beside", role: "status" });
  const state = { path, text, numbers, wrong, revision: file.revision, saved: file.text, found: [], asked: 0 };
  const save = button("Save", () => keep(state), { className: "live-save" });
  const clash = el("div", { className: "live-clash", role: "alert" });
  state.clash = clash;
  const content = el("div", { className: "live-editor" },
    el("div", { className: "live-page" }, numbers, text), wrong, clash,
    el("p", { className: "live-actions" }, save, el("span", { className: "muted small", textContent: path })));
  text.addEventListener("input", () => typed(state));
  text.addEventListener("scroll", () => { numbers.scrollTop = text.scrollTop; });
  content.addEventListener("keydown", (event) => {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); keep(state); }
  });
  const dialog = open(path, content);
  dialog.className = "live-wide";
  dialog.dataset.keep = "yes";
  dialog.oncancel = (event) => { if (isDirty(state) && !confirm("Close without saving?")) event.preventDefault(); };
  dialog.querySelector(".live-close").onclick = () => { if (!isDirty(state) || confirm("Close without saving?")) close(); };
  dialog.addEventListener("close", () => { dialog.oncancel = null; clearTimeout(state.timer); }, { once: true });
  told(state, file.problems);
};

const isDirty = ({ text, saved }) => text.value !== saved;

const typed = (state) => {
  number(state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => check(state), QUIET);
};

const check = async (state) => {
  const turn = ++state.asked;
  const said = await ask("check", { path: state.path, text: state.text.value });
  if (turn !== state.asked) return;  // something newer is on its way
  if (said.ok) told(state, said.problems);
  else state.wrong.replaceChildren(el("p", { textContent: said.refused }));
};

const number = ({ text, numbers, found }) => {
  const worst = new Map();
  for (const { line, severity } of found) if (worst.get(line) !== "error") worst.set(line, severity);
  const count = text.value.split("\n").length;
  numbers.replaceChildren(...Array.from({ length: count }, (_, at) =>
    el("span", { className: worst.has(at + 1) ? `is-${worst.get(at + 1)}` : "", textContent: `${worst.has(at + 1) ? "▸" : ""}${at + 1}\n` })));
  numbers.scrollTop = text.scrollTop;
};

const told = (state, found) => {
  state.found = found;
  number(state);
  state.wrong.replaceChildren(found.length
    ? problems(found, (one) => [
      button(`Line ${one.line}`, () => goTo(state, one.line, one.column), { className: "live-quiet" }),
      one.meant ? button(`Write ${one.meant}`, () => mend(state, one)) : null,
    ])
    : el("p", { className: "muted", textContent: "Nothing is wrong with it." }));
};

/** Where a place of the text is: columns count characters, and the page counts halves of some. */
const offset = (text, line, column) => {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return before + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
};

const goTo = ({ text }, line, column) => {
  const at = offset(text.value, line, column);
  text.focus();
  text.setSelectionRange(at, at);
};

const mend = (state, one) => {
  const { text } = state;
  const [from, to] = [one.column, one.end_column].map((column) => offset(text.value, one.line, column));
  text.setRangeText(one.meant, from, to, "end");
  text.focus();
  typed(state);
};

const keep = async (state) => {
  const { path, text, revision } = state;
  const said = await ask("save", { path, text: text.value, revision });
  if (said.ok) {
    close();
    return say(`${path} is saved.`, said.undo, said.problems.filter(({ severity }) => severity === "error"));
  }
  if (said.status === 409 && "text" in said) return clash(state, said);
  return state.clash.replaceChildren(el("p", { textContent: said.refused }));
};

/** Both texts, where the file changed meanwhile: nothing is written before somebody chose. */
const clash = (state, now) => {
  const theirs = el("textarea", { className: "live-text", value: now.text, readOnly: true, wrap: "off", rows: 8, "aria-label": "The text of the file now" });
  const settle = (text) => {
    state.revision = now.revision;
    state.saved = now.text;
    if (text !== null) state.text.value = text;
    state.clash.replaceChildren();
    typed(state);
    state.text.focus();
  };
  state.clash.replaceChildren(
    el("p", { textContent: "The file was changed meanwhile, and nothing was saved. Above is your text, here is the file's:" }),
    theirs,
    el("p", { className: "live-actions" },
      button("Take the file's text", () => settle(now.text)),
      button("Go on with mine, which will replace it", () => settle(null))));
};
