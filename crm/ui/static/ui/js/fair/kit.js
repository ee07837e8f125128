// The kit of the event: form, texts, rules. Fetched again now and then, kept for the time without
// a network; with it comes the server's time, which tells a wrong clock.

import { ask } from "./api.js";
import { guard, keepState, open } from "./session.js";

const FRESH_FOR = 10 * 60_000;
const TOLERANCE = 2 * 60_000;

export const skewOf = (kit, at) => at - Date.parse(kit.server_time);

// Minutes that the clock of the device is wrong (positive: fast), 0 within two minutes.
export function wrongMinutes() {
  const skew = open.device?.skew ?? 0;
  return Math.abs(skew) > TOLERANCE ? Math.round(skew / 60_000) : 0;
}

export async function refreshKit(force = false) {
  if (!force && Math.abs(Date.now() - open.kitAt) < FRESH_FOR) return;
  const check = guard();
  const kit = await ask("GET", "kit/");
  check();
  const device = { ...open.device, skew: skewOf(kit, Date.now()) };
  await keepState({ kit, device, kitAt: Date.now() });
}
