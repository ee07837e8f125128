// Parts of a record that come along with an answer: only those that stand on the page are renewed;
// what is being edited has another id and stays. The focus returns to the row it was in.

let row = "";

document.addEventListener("htmx:beforeRequest", () => {
  const part = document.activeElement?.closest("[data-row], form[data-edit], [data-section]");
  row = part?.id ?? "";
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.serverResponse.includes("data-renew")) return;
  const answer = document.createElement("template");
  answer.innerHTML = event.detail.serverResponse;
  for (const part of answer.content.querySelectorAll("[data-renew]")) {
    if (!document.getElementById(part.id)) part.remove();
  }
  for (const part of answer.content.querySelectorAll("[data-into]")) {
    if (!document.getElementById(part.dataset.into)) part.remove();
  }
  event.detail.serverResponse = answer.innerHTML;
});

document.addEventListener("htmx:afterRequest", () => {
  if (document.activeElement !== document.body || !row) return;
  const place = document.getElementById(row.replace(/-form$/, ""));
  const first = ["[data-open]", "[data-heading]", "a, button"]
    .map((wanted) => place?.querySelector(wanted))
    .find(Boolean);
  first?.focus({ preventScroll: true });
});

// a form that was begun is not left by accident
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-edit]");
  if (form) form.dataset.begun = "yes";
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-edit][data-begun]:not([data-sent])")) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-edit]")) event.target.dataset.sent = "yes";
});
