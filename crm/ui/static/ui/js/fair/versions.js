// The worker that makes the app work without a network, and the change to a new version: it takes
// over only while the app is locked or somebody says so, and no tab has a slip half typed.

import { part } from "./dom.js";
import { on } from "./hub.js";
import { open } from "./session.js";
import { ifNobodyTypes } from "./typing.js";
import { say } from "./words.js";

const EVERY = 15 * 60_000;
const OFTEN = 2000;
let registration;
let due = false;
let asked = false;

const takeOver = () => ifNobodyTypes(() => registration?.waiting?.postMessage("take over"));

function reloadIfDue() {
  if (due && (asked || !open.key)) location.reload();
}

function offer() {
  part("renew").hidden = !registration?.waiting;
  if (registration?.waiting && !open.key) takeOver();
}

function watch(worker) {
  worker?.addEventListener("statechange", offer);
}

// Registers the worker; the app runs without one too, but then not from a cold start.
export async function begin() {
  part("version").textContent = say("version_unknown");
  if (!navigator.serviceWorker) return;
  let hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    due = hadOne; // the first one only takes charge of this page
    hadOne = true;
    reloadIfDue();
  });
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    part("version").textContent = say("version", { version: data.version });
  });
  const { worker, home } = document.body.dataset;
  try {
    registration = await navigator.serviceWorker.register(worker, { scope: home });
  } catch {
    return;
  }
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  navigator.serviceWorker.ready.then(({ active }) => active.postMessage("version"));
  setInterval(() => registration.update().catch(() => {}), EVERY);
  offer();
}

setInterval(offer, OFTEN);
on("locked", reloadIfDue);
part("renew").addEventListener("click", async () => {
  asked = true;
  await takeOver();
});
