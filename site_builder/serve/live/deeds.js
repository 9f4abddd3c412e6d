// The forms for what is done with a deal or contact.
import { ask } from "./ask.js";
import { edit } from "./editor.js";
import { button, choice, el, field, input } from "./parts.js";
import { close, doing, isOpen, open, say } from "./sheet.js";

const who = (about) =>
  field("By", choice("by", [...(about.person ? [] : [{ id: "", name: "nobody said" }]), ...about.team], about.person));

/** What can be said of a deal or contact, or else why not. */
const asked = async (subject) => {
  const about = await ask("about", { subject });
  if (!about.ok) say(about.refused);
  return about.ok ? about : null;
};

const subjectOf = (about) => `${about.folder}/${about.id}`;

/** Ask what is missing for a move, and do it; a move that needs nothing is done at once. */
export const moveTo = async (about, stage, left) => {
  const to = about.stages.find((each) => each.id === stage);
  const deal = subjectOf(about);
  const title = `${about.title}: ${to.name}`;
  if (to.type === "lost" && about.reasons.length) {
    const fields = [field("Why it was lost", choice("reason", about.reasons)), field("In a few words", input("text")), who(about)];
    return open(title, doing("lost", { deal, stage }, fields, "Lost"), left);
  }
  if (to.type === "won") {
    const value = field("For", input("value", { placeholder: about.value || "48000" }), "Only where it is not what the deal says.");
    return open(title, doing("won", { deal, stage }, [value, field("In a few words", input("text")), who(about)], "Won"), left);
  }
  const form = doing("move", { deal, stage, by: about.person }, [field("In a few words", input("text"))], "Move");
  const told = await ask("do/move", { deal, stage, by: about.person });
  if (told.ok) {
    say(told.done, told.undo, told.problems);
    return isOpen() ? close("done") : left("done");
  }
  open(title, form, left);
  return form.refuse(told);
};

const move = (about, left) => {
  const ways = about.stages.map((stage) =>
    el("li", {}, stage.id === about.stage
      ? el("span", { className: "muted", textContent: `${stage.name}, where it is` })
      : button(stage.name, () => moveTo(about, stage.id, left), { "data-to": stage.id })));
  return el("div", {}, el("h3", { textContent: "Move to…" }), el("ul", { className: "live-ways" }, ...ways));
};

const note = (about) => {
  const text = el("textarea", { name: "text", rows: 5, required: true, dir: "auto" });
  const parties = about.contacts?.length
    ? [field("With", choice("parties", [{ id: "", name: "nobody said, or as the text says" }, ...about.contacts]))] : [];
  const kinds = [{ id: "", name: "as the text says: Called, Met, Emailed …" }, ...about.kinds.map((id) => ({ id, name: id }))];
  const fields = [field("Note", text, "The first line is its headline."), field("Kind", choice("kind", kinds)), ...parties,
    field("When", input("date", { placeholder: "today" }), "today, yesterday, fri, 2026-11-20"), who(about)];
  return doing("log", { subject: subjectOf(about) }, fields, "Add the note");
};

const next = (about) => {
  const [, day = "", text = ""] = /^(\S+)\s+(.*)$/.exec(about.next) ?? [];
  const fields = [field("When", input("day", { value: day, required: true }), "tomorrow, fri, +3d, 2026-11-30"),
    field("What", input("text", { value: text, required: true }))];
  return doing("next", { deal: subjectOf(about) }, fields, "Plan it");
};

const steps = (about) => {
  const boxes = about.steps.map(({ id, name, stage }) =>
    el("li", {}, el("label", {}, el("input", { type: "checkbox", name: "steps", value: id }), ` ${name} `, el("span", { className: "muted small", textContent: stage }))));
  return doing("done", { deal: subjectOf(about) }, [el("ul", { className: "live-ways" }, ...boxes), who(about)], "Tick");
};

/** The deeds that a deal or contact takes. */
const deeds = (about) => [
  ["Add a note", () => open(`${about.title}: a note`, note(about))],
  ...(about.stages ? [["Next step", () => open(`${about.title}: next step`, next(about))]] : []),
  ...(about.steps?.length ? [["Tick a step", () => open(`${about.title}: steps`, steps(about))]] : []),
  ["Edit the file", () => edit(about.path)],
];

const actions = (about) =>
  el("ul", { className: "live-ways live-deeds" }, ...deeds(about).map(([text, act]) => el("li", {}, button(text, act))));

/** All that can be done with a deal or contact. */
export const menu = async (subject, left = () => {}) => {
  const about = await asked(subject);
  if (about === null) return left();
  const content = el("div", {}, ...(about.stages ? [move(about, left)] : []), actions(about));
  return open(about.title, content, left);
};

export const moved = async (subject, stage, left) => {
  const about = await asked(subject);
  return about === null ? left() : moveTo(about, stage, left);
};

export const begin = async () => {
  const about = await asked("");
  if (about === null) return;
  const several = about.pipelines.length > 1;
  const fields = [
    field("Title", input("title", { required: true })),
    ...(several ? [field("Pipeline", choice("pipeline", about.pipelines))] : [field("Stage", choice("stage", about.pipelines[0].stages.filter(({ type }) => type === "open")))]),
    field("Owner", choice("owner", about.team, about.person)),
    field("Company", input("company"), "Its id, or a part of it; there has to be a file of it."),
    field("Value", input("value", { placeholder: "48000" })),
    field("Next step", input("day", { placeholder: "fri" })),
    field("What is to be done then", input("step")),
  ];
  open("A new deal", doing("new", about.person ? { by: about.person } : {}, fields, "Begin it"));
};
