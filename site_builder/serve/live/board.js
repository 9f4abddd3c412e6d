// The board, live: a card is dragged to another stage, or its menu says where to.
import { menu, moved } from "./deeds.js";
import { button, el } from "./parts.js";

const SHOWN = "main [data-stage]";

const stageOf = (card) => card.closest("[data-stage]").dataset.stage;

/** Cards can be put where there are none yet. */
const listOf = (column) => {
  const found = [...column.querySelectorAll("ul.cards")];
  if (found.length) return found;
  const made = el("ul", { className: "cards live-empty" });
  column.append(made);
  return [made];
};

const withMenu = (card) => {
  if (card.querySelector(".live-more")) return;
  card.querySelector(".card-menu")?.remove();
  const title = card.querySelector(".card-title")?.textContent.trim() ?? card.dataset.deal;
  card.append(button("⋯", () => menu(`deals/${card.dataset.deal}`), {
    className: "live-more", id: `live-${card.dataset.deal}`, "aria-label": `Move or change ${title}`, "aria-haspopup": "dialog",
  }));
};

const dropped = (event) => {
  const [card, from, to] = [event.item, event.from, event.to];
  const stage = to.closest("[data-stage]").dataset.stage;
  if (stage === from.closest("[data-stage]").dataset.stage) return;
  const back = from.children[event.oldIndex] ?? null;
  moved(`deals/${card.dataset.deal}`, stage, (how) => {
    if (how === "done" || !card.isConnected) return;
    from.insertBefore(card, back);
    card.querySelector(".live-more").focus();
  });
};

const OPTIONS = {
  group: "stages", draggable: ".card", sort: false, animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
  delay: 250, delayOnTouchOnly: true, touchStartThreshold: 6, filter: ".live-more", preventOnFilter: false,
  forceFallback: true, fallbackTolerance: 4, fallbackOnBody: true, ghostClass: "live-ghost", onEnd: dropped,
};

/** Make a board live that has been shown. */
export const board = () => {
  if (!document.querySelector(".board")) return;
  document.querySelectorAll(`${SHOWN} .card`).forEach(withMenu);
  document.querySelectorAll(SHOWN).forEach((column) => listOf(column).forEach((list) => window.Sortable.create(list, OPTIONS)));
};
