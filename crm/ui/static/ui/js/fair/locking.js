// Locks after five minutes without a touch, also when the page was out of sight for that long.

import { tell } from "./hub.js";
import { end, open } from "./session.js";
import { clear } from "./slips.js";

const IDLE = 5 * 60_000;
let touched = Date.now();
const before = [];

// What is to be done before a lock, such as keeping a draft.
export const beforeLock = (work) => before.push(work);

export async function lock() {
  if (!open.key) return;
  for (const work of before) await work();
  end();
  clear();
  tell("locked");
}

const check = () => open.key && Date.now() - touched >= IDLE && lock();

export function touch() {
  touched = Date.now();
}

export function watch() {
  for (const type of ["pointerdown", "keydown", "input", "scroll"]) {
    window.addEventListener(type, touch, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", check);
  setInterval(check, 5000);
}
