// How much room is left on the device, and the wish to keep it.

import { calmly } from "./dom.js";
import { on, tell } from "./hub.js";
import { number, say } from "./words.js";

const WARN_FROM = 0.8;
export const room = { share: 0, free: null };

// Measures anew; tells ``room``.
export async function measure() {
  if (!navigator.storage?.estimate) return;
  const { usage, quota } = await navigator.storage.estimate();
  Object.assign(room, { share: quota ? usage / quota : 0, free: (quota - usage) / 1_048_576 });
  tell("room");
}

export const isShort = () => room.share >= WARN_FROM;

export function sentence() {
  if (room.free === null) return say("room_unknown");
  const percent = number(Math.round(room.share * 100));
  return say("room", { percent, free: number(Math.round(room.free)) });
}

on("unlocked", async () => {
  await navigator.storage?.persist?.();
  await measure();
});
on("slips", calmly(measure, 1000));
