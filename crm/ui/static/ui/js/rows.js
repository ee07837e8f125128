// The cursor in a list: J and K move it, Enter opens the row's link, X chooses the row.
// A list is [data-rows]; its rows are [data-row], or tr if there are none; the link is a.lead or
// [data-open]. There is one cursor on a page. A list with data-keeps-place that is loaded anew has
// it where it was, on the row that moved up.

const isOff = () => document.documentElement.dataset.singleKeys === "off";
const inField = (element) =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element.type !== "checkbox";

function list() {
  const here = document.activeElement?.closest("[data-rows]");
  return here ?? document.querySelector("[data-rows]");
}

function rowsOf(container) {
  const marked = container.querySelectorAll("[data-row]");
  return [...(marked.length ? marked : container.querySelectorAll("tbody > tr, :scope > tr"))];
}

function mark(row) {
  document.querySelectorAll(".is-cursor").forEach((other) => other.classList.remove("is-cursor"));
  row.classList.add("is-cursor");
}

function move(container, step) {
  const rows = rowsOf(container);
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("is-cursor"));
  const next = Math.min(Math.max(at + step, 0), rows.length - 1);
  mark(rows[next]);
  const link = rows[next].querySelector("a.lead, [data-open]");
  link?.focus({ preventScroll: true });
  rows[next].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  const container = list();
  if (!container || document.querySelector("dialog:modal")) return;
  const key = event.key.toLowerCase();
  if (key === "j") move(container, 1);
  else if (key === "k") move(container, -1);
  else if (key === "x") container.querySelector(".is-cursor .box")?.click();
  else return;
  event.preventDefault();
});

function follow(focused) {
  const container = focused?.closest("[data-rows]");
  const row = container && rowsOf(container).find((candidate) => candidate.contains(focused));
  if (row) mark(row);
}

document.addEventListener("focusin", (event) => follow(event.target));
// a row that was put in the place of the one with the focus has the focus, but not yet the mark
document.addEventListener("htmx:afterSettle", () => follow(document.activeElement));

let kept = -1;
const keeper = (element) => element.querySelector?.("[data-keeps-place]");

document.addEventListener("htmx:beforeSwap", (event) => {
  const old = keeper(event.detail.target);
  if (old) kept = rowsOf(old).findIndex((row) => row.classList.contains("is-cursor"));
});

document.addEventListener("htmx:afterSettle", (event) => {
  const fresh = kept >= 0 && keeper(event.detail.elt);
  if (!fresh) return;
  const rows = rowsOf(fresh);
  const row = rows[Math.min(kept, rows.length - 1)];
  kept = -1;
  mark(row);
  row.querySelector("a.lead, [data-open]")?.focus({ preventScroll: true });
});
