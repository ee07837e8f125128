// Who captures on this device: one row each, with the locked data key and the tries at its PIN.

import { get, list, put, remove, removeOf } from "./database.js";
import { newLock, openLock, sealLabel, unsealLabel } from "./vault.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15 * 60_000;

// Everybody, with the name to show.
export async function everybody() {
  const rows = await list("profiles");
  return Promise.all(
    rows.map(async (row) => ({ id: row.id, label: await unsealLabel(row.label, row.id) })),
  );
}

// A PIN that nobody guesses at once: six digits or more, neither all the same nor in sequence.
export function isGoodPin(pin) {
  if (!/^\d{6,32}$/.test(pin)) return false;
  const steps = new Set([...pin].slice(1).map((digit, n) => digit - pin[n]));
  return !(steps.size === 1 && [0, 1, -1].includes([...steps][0]));
}

export async function create(pin, label) {
  const id = crypto.randomUUID();
  const lock = await newLock(pin);
  const row = { id, lock, label: await sealLabel(label, id), tries: 0, free_at: 0 };
  await put("profiles", row);
  return { id, key: await openLock(pin, lock) };
}

// Tries are counted even when the disk is full.
const counted = new Map();

async function count(row) {
  counted.set(row.id, row);
  await put("profiles", row).then(() => counted.delete(row.id), () => {});
}

// ``{key}``, or ``{wait}`` in ms until the next try may be made. Each wrong PIN doubles the wait.
export async function attempt(id, pin, now) {
  const row = counted.get(id) ?? (await get("profiles", id));
  if (now < row.free_at) return { wait: row.free_at - now };
  const tries = row.tries + 1;
  const wait = Math.min(FIRST_WAIT * 2 ** row.tries, LONGEST_WAIT);
  await count({ ...row, tries, free_at: now + wait });
  const key = await openLock(pin, row.lock);
  if (!key) return { wait };
  await count({ ...row, tries: 0, free_at: 0 });
  return { key };
}

// Removes a person with everything that is theirs.
export async function forget(id) {
  for (const store of ["files", "records"]) await removeOf(store, "profile", id);
  await remove("profiles", id);
}
