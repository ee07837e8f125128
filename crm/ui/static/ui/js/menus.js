// Menus are <details data-menu>: they work without script. Here: one open at a time, closed by
// Escape and by a click elsewhere, arrow keys inside. A field marked data-first gets the focus.

const entries = (menu) =>
  [...menu.querySelectorAll(".drop__panel :is(a, button)")].filter((e) => e.offsetParent);
const opened = () => [...document.querySelectorAll("details[data-menu][open]")];

document.addEventListener("click", (event) => {
  for (const menu of opened()) {
    if (!menu.contains(event.target) || event.target.closest(".drop__panel a")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (event.key === "Escape") {
    for (const other of opened()) {
      other.open = false;
      if (other === menu) other.querySelector("summary").focus();
    }
  }
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key) || event.target.type === "radio")
    return;
  event.preventDefault();
  menu.open = true;
  const all = entries(menu);
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = all.indexOf(document.activeElement);
  all[(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step + all.length) % all.length]?.focus();
});

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (menu.matches?.("details[data-menu][open]")) menu.querySelector("[data-first]")?.focus();
  },
  true,
);
