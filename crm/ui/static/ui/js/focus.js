// After a swap: the focus goes to the first error, else to what is marked [data-focus], else stays.
// Nothing moves while somebody types or a page refreshes itself. [data-announce] is read aloud.

function say(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

function isOwnDoing(source) {
  const trigger = source?.requestConfig?.triggeringEvent;
  return Boolean(trigger) && /^(click|submit|change|keydown|keyup)$/.test(trigger.type);
}

document.addEventListener("htmx:afterSettle", (event) => {
  const region = event.detail.elt;
  const spoken = region.matches?.("[data-announce]")
    ? region
    : region.querySelector?.("[data-announce]");
  say(spoken?.dataset.announce);
  if (!isOwnDoing(event.detail)) return;
  const target =
    region.querySelector?.("[aria-invalid=true]") ??
    (region.matches?.("[data-focus]") ? region : region.querySelector?.("[data-focus]"));
  if (!target || target.contains(document.activeElement)) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: false });
});

document.addEventListener("announce", (event) => say(event.detail?.value ?? event.detail));

// a page that came back with errors: to the first of them
const wrong = document.querySelector("main [aria-invalid=true], main [role=alert][data-focus]");
wrong?.focus();
