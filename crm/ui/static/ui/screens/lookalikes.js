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

// What is said of a suspect replaces the check under way. Aborting that would send the next one that
// waits, whose answer takes away the button that was just pressed and with it what was said. Nothing
// is missed: what is sent now carries the same fields.
document.addEventListener(
  "htmx:abort",
  ({ target }) => target["htmx-internal-data"]?.queuedRequests?.splice(0),
  true,
);
