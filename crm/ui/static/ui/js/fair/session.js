// What is open between unlocking and locking: the person, their data key, the device's secret and
// the kit of the event. It lies in memory only; locking drops it.

import { tell } from "./hub.js";
import { rowOf, write } from "./shelf.js";
import { seal, unseal } from "./vault.js";

const CLOSED = { profile: "", key: null, device: null, kit: null, kitAt: 0, last: 0, turn: null };
export const open = { ...CLOSED };
const place = () => `state:${open.profile}`;

// Opens a person's state; ``device`` and ``kit`` are null until the device is registered.
export async function begin(profile, key) {
  Object.assign(open, CLOSED, { profile, key, turn: Symbol(profile) });
  const row = await rowOf("records", place());
  if (row) Object.assign(open, await unseal(key, row.sealed, place()));
}

// Keeps a change of device, kit or of the moment of the last transfer.
export async function keepState(changes) {
  Object.assign(open, changes);
  const { device, kit, kitAt, last } = open;
  const sealed = await seal(open.key, { device, kit, kitAt, last }, place());
  await write("records", { id: place(), profile: open.profile, sealed });
  if (changes.kit) tell("kit");
}

export function end() {
  Object.assign(open, CLOSED);
}

export class Locked extends Error {}

// A check that throws Locked once somebody has locked, whoever has unlocked since.
export function guard() {
  const { turn } = open;
  return () => {
    if (!turn || open.turn !== turn) throw new Locked();
  };
}
