// The transfer: slips in order of capture, again and again until nothing waits. Runs while
// somebody is unlocked, in one tab at a time, and never holds up the form.

import { tell, on } from "./hub.js";
import { pass } from "./passing.js";
import { Locked, open } from "./session.js";
import { writeHeld, unwritten } from "./shelf.js";
import { waiting } from "./slips.js";

const FIRST = 2000;
const LONGEST = 300_000;
// state: idle, running, offline, busy, login
export const transfer = { state: "idle", retryAt: 0, said: "" };
let failures = 0;
let timer = 0;
let again = false;

function now(state, said = "") {
  Object.assign(transfer, { state, said });
  tell("state");
}

function later() {
  const wait = Math.min(FIRST * 2 ** failures, LONGEST) * (0.75 + Math.random() / 2);
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(sync, wait);
  transfer.retryAt = Date.now() + wait;
}

async function run(lock) {
  if (!open.device) return;
  if (!lock) return later(); // another tab, or a request from before a lock
  clearTimeout(timer);
  if (unwritten()) await writeHeld();
  if (!navigator.onLine) return now("offline");
  now("running");
  try {
    await pass(() => (failures = 0));
    now("idle");
    if (waiting().some((slip) => !slip.conflict)) later();
  } catch (trouble) {
    if (!open.key || trouble instanceof Locked) return;
    if (!trouble.kind) throw trouble;
    now(trouble.kind, trouble.message);
    if (trouble.kind !== "login") later();
  }
}

export async function sync() {
  if (transfer.state === "running") return void (again = true);
  await navigator.locks.request("einklang-messe-transfer", { ifAvailable: true }, run);
  if (again && open.key && transfer.state === "idle") queueMicrotask(sync);
  again = false;
}

// At once, whatever has failed before.
export function syncNow() {
  failures = 0;
  return sync();
}

window.addEventListener("online", syncNow);
window.addEventListener("offline", () => open.key && now("offline"));
on("unlocked", syncNow);
on("locked", () => {
  clearTimeout(timer);
  Object.assign(transfer, { state: "idle", said: "" });
});
