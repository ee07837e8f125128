// Records side by side by keyboard: up and down walk the fields, left and right or a digit take a
// value, Enter merges. The result follows what is chosen; what is equal is folded away.

const isOff = () => document.documentElement.dataset.singleKeys === "off";
const inField = (element) =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio)$/.test(element.type);
const isControl = (element) => element.closest?.("a, button, summary, select, textarea, dialog");
const rows = () => [...document.querySelectorAll("[data-choose]")];
const current = () =>
  document.activeElement?.closest?.("[data-choose]") ?? document.querySelector(".is-cursor[data-choose]");
const picks = (row) => [...row.querySelectorAll("td input[type=radio]")];

function go(row) {
  if (!row) return;
  for (const other of rows()) other.classList.toggle("is-cursor", other === row);
  (row.querySelector("input:checked") ?? picks(row)[0])?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const all = rows();
  const at = all.indexOf(current());
  go(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function choose(radio) {
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  radio.focus({ preventScroll: true });
}

function aside(step) {
  const row = current() ?? rows()[0];
  if (!row) return;
  go(row);
  const all = picks(row);
  const at = all.findIndex((radio) => radio.checked);
  choose(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function take(number) {
  const row = current() ?? rows()[0];
  const letter = document.querySelectorAll("[data-sides] thead [data-letter]")[number - 1];
  if (!row || !letter) return;
  go(row);
  choose(row.querySelector(`[data-letter="${CSS.escape(letter.dataset.letter)}"] input`));
}

function shown(row, radio) {
  if ("joined" in radio.dataset) {
    const texts = picks(row).map((each) => each.closest("td").querySelector(".merge__text").textContent.trim());
    return [...new Set(texts)].join("\n\n");
  }
  return radio.closest("td").querySelector(".merge__text").textContent.trim();
}

function follow(radio) {
  const row = radio.closest("[data-choose]");
  row.querySelector("[data-result]").textContent = shown(row, radio);
  const reason = row.querySelector("[data-reason]");
  reason.dataset.proposed ??= reason.innerHTML;
  const isProposed = row.querySelector("input[type=hidden]").value === radio.value;
  if (isProposed) reason.innerHTML = reason.dataset.proposed;
  else reason.textContent = reason.dataset.chosen;
}

function fold(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls")).toggleAttribute("data-folded", !open);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose] input[type=radio]")) follow(event.target);
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-choose]");
  if (row) for (const other of rows()) other.classList.toggle("is-cursor", other === row);
});

document.addEventListener("click", (event) => {
  const folding = event.target.closest("[data-fold]");
  if (folding) fold(folding);
  const taking = event.target.closest("[data-take]");
  if (!taking) return;
  for (const row of rows()) {
    const radio = row.querySelector(`[data-letter="${CSS.escape(taking.dataset.take)}"] input`);
    if (radio) {
      radio.checked = true;
      follow(radio);
    }
  }
});

const arrows = { ArrowUp: () => walk(-1), ArrowDown: () => walk(1), ArrowLeft: () => aside(-1), ArrowRight: () => aside(1) };

function enter(event) {
  if (event.repeat || isControl(event.target)) return false;
  const button = document.querySelector("[data-merge]");
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (inField(event.target) || document.querySelector("dialog:modal")) return;
    if (document.querySelector("details[data-menu][open]")) return;
    if (event.target.name === "bleibt" && event.key.startsWith("Arrow")) return;
    let done = true;
    if (event.key in arrows) arrows[event.key]();
    else if (event.key === "Enter") done = enter(event);
    else if (/^[1-9]$/.test(event.key) && !isOff()) take(Number(event.key));
    else done = false;
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);

// a new group begins at its question: it is read aloud, and the keys act at once
if (document.activeElement === document.body) document.querySelector("[data-question]")?.focus();
