// The page of a record by keyboard, and parts that are renewed behind what is being edited.
// N and P walk the sections; E edits, A adds, B confirms where the focus is (E elsewhere: the
// button with data-key). Values that are proposed under a field are taken over by a click.

const isOff = () => document.documentElement.dataset.singleKeys === "off";
const inField = (element) =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio)$/.test(element.type);
const focused = () => document.activeElement ?? document.body;

function walk(step) {
  const headings = [...document.querySelectorAll("[data-section] [data-heading]")];
  const here = focused().closest("[data-section]")?.querySelector("[data-heading]");
  const to = headings.indexOf(here) + step;
  const heading = headings[Math.min(Math.max(to, 0), headings.length - 1)];
  heading?.focus();
  heading?.scrollIntoView({ block: "nearest" });
}

const nearby = {
  e: ["[data-row]", "[data-row-edit]", "[data-section-edit]"],
  b: ["[data-row]", "[data-row-confirm]", null],
  a: ["[data-section]", "[data-section-add]", null],
};

function act(key) {
  const [around, own, ofSection] = nearby[key];
  const section = focused().closest("[data-section]");
  const button =
    focused().closest(around)?.querySelector(own) ?? (ofSection && section?.querySelector(ofSection));
  button?.click();
  return Boolean(button);
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape") leave(event);
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    if (document.querySelector("dialog:modal")) return;
    const key = event.key.toLowerCase();
    const done = key === "n" ? walk(1) ?? true : key === "p" ? walk(-1) ?? true : null;
    if (done ?? (key in nearby && act(key))) event.preventDefault();
  },
  true,
);

function leave(event) {
  const form = event.target.closest?.("form[data-edit]");
  form?.querySelector("[data-cancel]")?.click();
}

document.addEventListener("click", (event) => {
  const proposal = event.target.closest("[data-fill]");
  const form = proposal?.closest("form");
  const field = form?.elements.namedItem(proposal.dataset.fill);
  if (!field) return;
  field.value = proposal.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
