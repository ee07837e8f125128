// From the field somebody types in to the suspects and back: Alt with the arrow down and up.
// Selects and dates keep the key: there it opens the choice.

const LIST = ".alikes";
const keepsKey = (element) => element.matches("select, [type=date]");
let field = null;

function toList(form) {
  const first = form?.querySelector(`${LIST} [data-open], ${LIST} button`);
  if (!first) return false;
  field = document.activeElement;
  first.focus();
  first.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
  return true;
}

function toField() {
  if (!field?.isConnected) return false;
  field.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isInside = Boolean(event.target.closest?.(LIST));
  const handled =
    (event.key === "ArrowDown" && !isInside && !keepsKey(event.target) && toList(event.target.form)) ||
    (event.key === "ArrowUp" && isInside && toField());
  if (handled) event.preventDefault();
});
