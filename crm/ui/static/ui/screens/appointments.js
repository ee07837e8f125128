// How long the call takes. Everything else works without it.

const form = document.querySelector("[data-call-form]");
const shown = form.querySelector("[data-talk-time]");
const began = Date.now();

const clock = (seconds) =>
  [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");

shown.hidden = false;
setInterval(() => {
  shown.querySelector("time").textContent = clock(Math.floor((Date.now() - began) / 1000));
}, 1000);
