// Messages in the corner: closed by hand, gone by themselves after a while unless the pointer or
// the focus rests on them. Refusals and warnings stay. What fails on the way gets a message of its own.

const SECONDS = { plain: 8, undo: 20 };
const region = () => document.getElementById("toasts");

function watch(toast) {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  if (toast.matches(".toast--no, .toast--check")) return;
  const seconds = toast.querySelector("form") ? SECONDS.undo : SECONDS.plain;
  const leave = () =>
    toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove();
  setTimeout(leave, seconds * 1000);
}

const watchAll = () => region()?.querySelectorAll("[data-toast]").forEach(watch);

function show(templateId) {
  const template = document.getElementById(templateId);
  if (template) region()?.append(template.content.cloneNode(true));
  watchAll();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast] [data-close]"))
    event.target.closest("[data-toast]").remove();
});
document.addEventListener("htmx:sendError", () => show("toast-offline"));
document.addEventListener("htmx:timeout", () => show("toast-offline"));
document.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.responseText.includes("data-toast")) show("toast-failed");
});
document.addEventListener("htmx:oobAfterSwap", watchAll);
document.addEventListener("htmx:afterSettle", watchAll);

// read aloud what came with the page: a live region only speaks of what is added later
requestAnimationFrame(() => {
  const waiting = [...(region()?.children ?? [])];
  region()?.replaceChildren();
  setTimeout(() => {
    region()?.append(...waiting);
    watchAll();
  }, 100);
});
