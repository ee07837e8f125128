// How long the call takes, and how long the reading: F8 begins it, F8 again says that it is done.
// Everything works without it. The columns are drawn anew now and then, so they are asked each time.

const form = document.querySelector("[data-call-form]");
const talk = form.querySelector("[data-talk-time]");
const began = Date.now();
let reading = 0;

const part = (name) => form.querySelector(`[data-${name}]`);
const seconds = (since) => Math.floor((Date.now() - since) / 1000);
const clock = (count) =>
  [Math.floor(count / 60), count % 60].map((number) => String(number).padStart(2, "0")).join(":");

function draw() {
  talk.querySelector("time").textContent = clock(seconds(began));
  const button = part("read-aloud");
  if (!button) return;
  button.hidden = false;
  for (const word of button.querySelectorAll("[data-when]")) {
    word.hidden = (word.dataset.when === "reading") !== Boolean(reading);
  }
  const spent = reading ? seconds(reading) : Number(part("seconds").value);
  for (const name of ["elapsed", "progress"]) if (part(name)) part(name).hidden = !reading && !spent;
  if (part("elapsed")) part("elapsed").textContent = clock(spent);
  if (part("progress")) part("progress").value = spent;
}

function toggle() {
  if (!part("read-aloud")) return;
  if (reading) {
    part("seconds").value = Math.max(1, seconds(reading));
    form.querySelector('[name="notice"][value="read"]').checked = true;
  }
  reading = reading ? 0 : Date.now();
  draw();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "F8") return;
  event.preventDefault();
  toggle();
});
form.addEventListener("click", (event) => event.target.closest("[data-read-aloud]") && toggle());
form.addEventListener("htmx:afterSettle", draw);
talk.hidden = false;
setInterval(draw, 1000);
draw();
