// Choosing rows: a form or region [data-selection] holds .box[name] per row, one .box[data-all],
// and a bar [data-bulk] that shows while something is chosen. [data-count] takes the number.
// Shift chooses a range, Escape lets go of all.

const boxesOf = (region) => [...region.querySelectorAll(".box[name]")];
let last = null;

function refresh(region) {
  const boxes = boxesOf(region);
  const chosen = boxes.filter((box) => box.checked).length;
  const all = region.querySelector(".box[data-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const bar = region.querySelector("[data-bulk]");
  if (!bar) return;
  bar.hidden = chosen === 0;
  for (const count of bar.querySelectorAll("[data-count]")) count.textContent = String(chosen);
}

function setAll(region, checked) {
  for (const box of boxesOf(region)) box.checked = checked;
  refresh(region);
}

function chooseRange(region, box) {
  const boxes = boxesOf(region);
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
}

document.addEventListener("click", (event) => {
  const region = event.target.closest("[data-selection]");
  if (!region) return;
  if (event.target.matches(".box[data-all]")) setAll(region, event.target.checked);
  else if (event.target.closest("[data-let-go]")) setAll(region, false);
  else if (event.target.matches(".box[name]")) {
    if (event.shiftKey && last) chooseRange(region, event.target);
    last = event.target;
    refresh(region);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog:modal, details[data-menu][open]"))
    return;
  document.querySelectorAll("[data-selection]").forEach((region) => setAll(region, false));
});

const refreshAll = () => document.querySelectorAll("[data-selection]").forEach(refresh);
document.addEventListener("htmx:afterSettle", refreshAll);
window.addEventListener("pageshow", refreshAll);
refreshAll();
