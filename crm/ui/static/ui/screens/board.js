// The board of opportunities. Arrow keys walk from card to card, M opens the choice of stages;
// a card may be dragged into a column, or to "won" and "lost", where the reason is asked for.
// Without this script every card keeps its link to the same choice.

const isOff = () => document.documentElement.dataset.singleKeys === "off";
const inField = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
const board = () => document.querySelector("[data-board]");
const columns = () => [...board().querySelectorAll("[data-column]")];
const cardsOf = (column) => [...column.querySelectorAll("[data-card]")];
const current = () => document.activeElement?.closest?.("[data-card]");

let dragged = null;

function go(card) {
  card?.querySelector("a")?.focus();
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function aside(card, step) {
  const all = columns();
  const height = cardsOf(card.closest("[data-column]")).indexOf(card);
  let at = all.indexOf(card.closest("[data-column]")) + step;
  while (all[at] && !cardsOf(all[at]).length) at += step;
  const cards = all[at] ? cardsOf(all[at]) : [];
  go(cards[Math.min(height, cards.length - 1)]);
}

function walk(key) {
  const card = current();
  if (!card) {
    go(board().querySelector("[data-card]"));
    return;
  }
  if (key === "ArrowLeft") return aside(card, -1);
  if (key === "ArrowRight") return aside(card, 1);
  const cards = cardsOf(card.closest("[data-column]"));
  go(cards[cards.indexOf(card) + (key === "ArrowDown" ? 1 : -1)]);
}

document.addEventListener("keydown", (event) => {
  if (!board() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (inField(event.target) || document.querySelector("dialog:modal")) return;
  const onBoard = current() || event.target === document.body || event.target === board();
  if (/^Arrow(Left|Right|Up|Down)$/.test(event.key) && onBoard) {
    event.preventDefault();
    walk(event.key);
  } else if (event.key.toLowerCase() === "m" && current() && !isOff()) {
    event.preventDefault();
    current().querySelector("[data-move]")?.click();
  }
});

const targetOf = (event) => event.target.closest?.("[data-end], [data-column]");

function mark(target) {
  for (const each of board().querySelectorAll(".is-target")) each.classList.toggle("is-target", each === target);
  target?.classList.add("is-target");
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.card);
  dragged.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  if (!dragged || !targetOf(event)) return;
  event.preventDefault();
  mark(targetOf(event));
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  if (board()) mark(null);
});

document.addEventListener("drop", (event) => {
  const target = dragged && targetOf(event);
  if (!target) return;
  event.preventDefault();
  const url = dragged.dataset.moveUrl;
  const source = dragged;
  if (target.dataset.end) {
    htmx.ajax("GET", `${url}?to=${target.dataset.end}`, { source, target: "#dialog" });
  } else if (target !== dragged.closest("[data-column]")) {
    const values = { to: target.dataset.column };
    htmx.ajax("POST", url, { source, target: "#board", swap: "outerHTML", values });
  }
});
