// Arrow keys for an input[role=combobox] and the listbox it controls: the palette and the search.
// The cursor is aria-selected; Enter follows it, Ctrl Enter what carries data-ctrl-enter.

const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
const optionsOf = (list) => [...(list?.querySelectorAll("[role=option]") ?? [])];

function select(input, option) {
  const list = listOf(input);
  optionsOf(list).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
  if (option?.id) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function step(input, key) {
  const options = optionsOf(listOf(input));
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? options.length - 1 : at - 1,
    PageDown: at + 8,
    PageUp: at - 8,
  }[key];
  if (options.length) select(input, options[Math.min(Math.max(to, 0), options.length - 1)]);
}

function follow(input, event) {
  const list = listOf(input);
  const option =
    event.ctrlKey || event.metaKey
      ? list?.querySelector("[data-ctrl-enter]")
      : list?.querySelector("[role=option][aria-selected=true]");
  option?.click();
  return Boolean(option);
}

document.addEventListener(
  "keydown",
  (event) => {
    const input = event.target.closest?.("input[role=combobox]");
    if (!input || event.isComposing) return;
    if (["ArrowDown", "ArrowUp", "PageDown", "PageUp"].includes(event.key)) {
      step(input, event.key);
      event.preventDefault();
    } else if (event.key === "Enter" && follow(input, event)) {
      event.preventDefault();
    }
  },
  true,
);

document.addEventListener("htmx:afterSwap", (event) => {
  const input = document.querySelector(
    `input[role=combobox][aria-controls="${CSS.escape(event.detail.target.id)}"]`,
  );
  if (input) select(input, optionsOf(event.detail.target)[0]);
});
