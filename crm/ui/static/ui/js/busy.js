// What is on its way: a button that takes longer than 300 ms says so without changing its width,
// and a form that is on its way is not sent a second time.

const AFTER = 300;
const LONGEST = 10_000;
const timers = new WeakMap();

function buttonOf(element, submitter) {
  if (submitter) return submitter;
  if (element?.matches?.(".btn")) return element;
  return element?.matches?.("form")
    ? element.querySelector(".btn--primary, .btn[type=submit]")
    : null;
}

function start(button) {
  if (!button || timers.has(button)) return;
  const show = () => {
    button.setAttribute("aria-busy", "true");
    button.classList.add("is-busy");
  };
  timers.set(button, setTimeout(show, AFTER));
}

function stop(button) {
  clearTimeout(timers.get(button));
  timers.delete(button);
  button.removeAttribute("aria-busy");
  button.classList.remove("is-busy");
}

const requested = (event) =>
  buttonOf(event.detail.elt, event.detail.requestConfig?.triggeringEvent?.submitter);

document.addEventListener("htmx:beforeRequest", (event) => start(requested(event)));
document.addEventListener("htmx:afterRequest", (event) => {
  const button = requested(event);
  if (button && timers.has(button)) stop(button);
});

// HTMX would put the second sending in line and send it after the first
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const underWay = form.matches("form[hx-post].htmx-request:not([hx-trigger])");
    if (!underWay) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.target) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  start(buttonOf(form, event.submitter));
  setTimeout(rest, LONGEST);
});

// back from the next page, or a download that left this one where it is
function rest() {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll(".btn.is-busy").forEach(stop);
}
window.addEventListener("pageshow", rest);
window.addEventListener("focus", rest);
