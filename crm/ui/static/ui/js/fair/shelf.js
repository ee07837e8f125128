// Writing sealed rows. What the disk does not take stays sealed in memory and is written later,
// across a lock too; ``unwritten`` tells how many rows that are.

import { get, put, remove } from "./database.js";
import { inTurn } from "./dom.js";
import { tell } from "./hub.js";

const held = new Map();
const nameOf = (store, id) => `${store}/${id}`;

export const unwritten = () => held.size;

export const write = inTurn(async (store, row) => {
  const name = nameOf(store, row.id);
  try {
    await put(store, row);
    held.delete(name);
  } catch {
    held.set(name, { store, row });
    tell("room");
  }
});

export const erase = inTurn(async (store, id) => {
  held.delete(nameOf(store, id));
  await remove(store, id);
});

// Once more for everything that is held in memory only.
export async function writeHeld() {
  for (const { store, row } of [...held.values()]) await write(store, row);
  tell("room");
}

export const rowOf = async (store, id) =>
  held.get(nameOf(store, id))?.row ?? (await get(store, id));

// Rows of a person that are not on the disk.
export const heldOf = (store, profile) =>
  [...held.values()].filter((each) => each.store === store && each.row.profile === profile);

window.addEventListener("beforeunload", (event) => {
  if (held.size) event.preventDefault();
});
