// What can be done on a deal's or contact's page, and everywhere.
import { here } from "./ask.js";
import { begin, menu } from "./deeds.js";
import { edit } from "./editor.js";
import { button, el } from "./parts.js";

const OWN = /^((?:deals|contacts)\/[^/.]+)[^/]*\.html$/;

const add = (to, ...children) => {
  if (to && !document.querySelector("main .live-do")) to.append(el("p", { className: "live-do" }, ...children));
};

/** Put the buttons on a page that has been shown. */
export const subject = () => {
  const [, id] = OWN.exec(here()) ?? [];
  const head = document.querySelector("main .page-head");
  if (id) {
    document.querySelector("main .moves")?.remove();
    const label = id.startsWith("deals/") ? "Move or change…" : "Change…";
    add(head, button(label, () => menu(id), { "aria-haspopup": "dialog", id: "live-change" }));
  } else if (document.querySelector(".board") || here() === "index.html") {
    add(head,
      button("New deal…", begin, { "aria-haspopup": "dialog", id: "live-new" }), " ",
      button("pipeline.yml…", () => edit("pipeline.yml"), { "aria-haspopup": "dialog", id: "live-config", className: "live-quiet" }));
  }
};
