// <select data-searchable>: opens as a list that typing narrows, groups kept. The select stays the
// field; without this script, and under a finger, it opens as usual. Arrows: combobox.js.

let open = null;

function make(tag, attributes, text = "") {
  const element = Object.assign(document.createElement(tag), { textContent: text });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function optionOf(entry, select) {
  const name = { role: "option", id: `${select.id}-o${entry.index}`, class: "palette__item" };
  const item = make("div", { ...name, "aria-selected": "false" }, entry.label);
  item.addEventListener("click", () => choose(select, entry.value));
  return item;
}

function fill(list, select, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  list.replaceChildren();
  for (const child of select.children) {
    const group = child.tagName === "OPTGROUP" ? child.label : "";
    const found = (group ? [...child.children] : [child]).filter((entry) =>
      words.every((word) => `${entry.label} ${group}`.toLowerCase().includes(word)),
    );
    if (found.length && group) list.append(make("div", { class: "palette__group" }, group));
    list.append(...found.map((entry) => optionOf(entry, select)));
  }
  list.querySelector("[role=option]")?.setAttribute("aria-selected", "true");
}

function choose(select, value) {
  close();
  if (select.value === value) return;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function close() {
  open?.box.remove();
  open?.select.focus();
  open = null;
}

function show(select, text) {
  const label = select.getAttribute("aria-label");
  const id = `${select.id}-list`;
  const wanted = { role: "combobox", "aria-expanded": "true", "aria-controls": id };
  const input = make("input", { ...wanted, "aria-label": label, class: "input" });
  const list = make("div", { id, role: "listbox", "aria-label": label, class: "finder__list" });
  const box = make("div", { class: "menu finder" });
  input.value = text;
  input.addEventListener("input", () => fill(list, select, input.value));
  input.addEventListener("change", (event) => event.stopPropagation());
  box.append(input, list);
  select.after(box);
  open = { box, select };
  fill(list, select, text);
  input.focus();
}

document.addEventListener("mousedown", (event) => {
  if (open && !open.box.contains(event.target)) close();
  const select = event.target.closest?.("select[data-searchable]");
  if (!select || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  show(select, "");
});

function pressed(event) {
  if (open && ["Escape", "Tab"].includes(event.key)) close();
  const select = event.target.closest?.("select[data-searchable]");
  const letter = /^\p{L}$/u.test(event.key);
  const opens = letter || [" ", "Enter", "ArrowDown"].includes(event.key);
  if (!select || !opens || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  show(select, letter ? event.key : "");
}
document.addEventListener("keydown", pressed, true);
