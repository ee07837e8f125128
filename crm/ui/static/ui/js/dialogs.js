// Dialogs: data-opens="id" opens the dialog with that id, data-close closes the one around it.
// A fragment that HTMX puts into #dialog opens it; the event "closeDialog" (HX-Trigger) closes it.
// <form data-confirm="…"> asks before it is sent, for what cannot be undone.

const host = () => document.getElementById("dialog");

function open(dialog) {
  if (dialog.open) return;
  dialog.showModal();
  const field = dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea");
  field?.focus();
  field?.select?.();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    opener.closest("dialog")?.close();
    open(dialog);
    return;
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.matches?.("dialog:modal")) closeWhenOutside(event);
});

function closeWhenOutside(event) {
  const box = event.target.getBoundingClientRect();
  const inside =
    event.clientX >= box.left &&
    event.clientX <= box.right &&
    event.clientY >= box.top &&
    event.clientY <= box.bottom;
  const typed = event.target.querySelector("form[method=post]");
  if (!inside && event.clientX && !typed) event.target.close();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== host()) return;
  const heading = host().querySelector("h2[id]");
  if (heading) host().setAttribute("aria-labelledby", heading.id);
  document.querySelectorAll("dialog:modal").forEach((other) => other !== host() && other.close());
  open(host());
});

document.addEventListener("closeDialog", () => host()?.close());

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
