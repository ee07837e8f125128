// Keys of the whole page. An element is pressed by a letter when it carries data-key="n".
// Single characters act outside of fields only, and not at all for users who switched them off.

const isField = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
    ? !/^(checkbox|radio|button|submit)$/.test(element.type)
    : false;

const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

// A key that the rows of a list carry acts on the row with the cursor, never on another one.
function find(key) {
  const row = document.querySelector(".is-cursor");
  return [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((element) => {
    const own = element.closest("[data-row]");
    return isShown(element) && !element.disabled && (!own || own === row);
  });
}

function press(element) {
  if (isField(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function combination(event) {
  const key = event.key.toLowerCase();
  if (key === "k") {
    document.querySelector('[data-opens="palette"]')?.click();
    return true;
  }
  if (key === "enter") {
    const form = event.target.closest?.("form");
    form?.requestSubmit();
    return Boolean(form);
  }
  return false;
}

function single(event) {
  const allowed = document.documentElement.dataset.singleKeys !== "off";
  if (!allowed || isField(event.target) || document.querySelector("dialog:modal")) return false;
  const key = event.key.toLowerCase();
  const element =
    find(key) ??
    (key === "?" ? document.querySelector('[data-opens="keys"]') : null) ??
    (key === "/" ? document.querySelector('[data-opens="palette"]') : null);
  if (element) press(element);
  return Boolean(element);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const handled = event.ctrlKey || event.metaKey ? combination(event) : single(event);
  if (handled) event.preventDefault();
});
