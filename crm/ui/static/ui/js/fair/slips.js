// The slips of the person who is unlocked, in the order of capture.

import { list } from "./database.js";
import { tell } from "./hub.js";
import { open } from "./session.js";
import { erase, heldOf, write } from "./shelf.js";
import { seal, unseal } from "./vault.js";

const KEPT_FOR = 3 * 24 * 3600_000;
const slips = new Map();
const turns = new WeakMap(); // a slip is kept only while the person is unlocked whose it is

export const all = () => [...slips.values()].sort((a, b) => a.seq - b.seq);
export const waiting = () => all().filter((slip) => slip.state === "waiting");
// New slips that are not saved yet, and saved ones whose change is not.
export const drafts = () => all().filter((slip) => slip.state === "draft" || slip.edit);
export const slipOf = (id) => slips.get(id);
export const clear = () => slips.clear();
export const nextNumber = () => Math.max(0, ...all().map((slip) => slip.seq)) + 1;

export const fresh = () => ({
  id: crypto.randomUUID(),
  seq: 0,
  state: "draft",
  captured_at: "",
  fields: {},
  guessed: {},
  files: [],
  known: null,
  told: null,
  attempt: null,
  answer: null,
  trouble: null,
  conflict: null,
  shown: null,
});

export async function load() {
  slips.clear();
  const stored = await list("records", "profile", open.profile);
  const rows = new Map(stored.map((row) => [row.id, row]));
  for (const { row } of heldOf("records", open.profile)) rows.set(row.id, row);
  for (const row of rows.values()) {
    if (row.id.startsWith("state:")) continue;
    const slip = await unseal(open.key, row.sealed, row.id);
    turns.set(slip, open.turn);
    slips.set(row.id, slip);
  }
  for (const slip of all()) {
    if (slip.state === "sent" && Date.now() - slip.sent_at > KEPT_FOR) await drop(slip);
  }
  tell("slips");
}

export async function keep(slip) {
  const { key, profile, turn } = open;
  if (!turns.has(slip)) turns.set(slip, turn);
  if (!key || turns.get(slip) !== turn) return;
  slips.set(slip.id, slip);
  const sealed = await seal(key, slip, slip.id);
  await write("records", { id: slip.id, profile, sealed });
  tell("slips");
}

export async function drop(slip) {
  for (const file of slip.files) await erase("files", file.id);
  slips.delete(slip.id);
  await erase("records", slip.id);
  tell("slips");
}
