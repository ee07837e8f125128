// The slip that is being written: kept as a draft with every pause, saved without any network.

import { content, drawKit, fill, isBlank, press, wipeKit } from "./content.js";
import { calmly, inTurn } from "./dom.js";
import { listen } from "./fields.js";
import { on, tell } from "./hub.js";
import { beforeLock } from "./locking.js";
import { open } from "./session.js";
import { drafts, fresh, keep, slipOf } from "./slips.js";
import { hold } from "./typing.js";

let slip = fresh();
const form = document.getElementById("slip");
export const isNew = () => slip.state === "draft";
export const isEmpty = () => isBlank() && !slip.files.length;
export const current = () => slip;

export function write(next) {
  calm.stop();
  slip = next;
  fill(slip);
  hold(!isEmpty());
  tell("slip");
}

// Keeps what was typed so far; nothing is kept of a new slip that is empty.
export const keepDraft = inTurn(async () => {
  calm.stop();
  if (!open.key || !open.kit) return;
  hold(!isEmpty());
  if (!isNew()) slip.edit = { ...content(), from: slip.edit?.from ?? structuredClone(slip.fields) };
  else if (isEmpty()) return;
  else Object.assign(slip, content());
  await keep(slip);
});
const calm = calmly(keepDraft, 400);

// Draws the kit and goes on with the draft, if there is one.
export function begin() {
  drawKit(open.kit);
  write(drafts()[0] ?? fresh());
}

// A form that was changed in the office is drawn as soon as no slip is open.
let drawn = "";
on("kit", () => {
  const { form: questions, follow_up, texts, channels } = open.kit;
  const next = JSON.stringify([questions, follow_up, texts, channels]);
  if (next === drawn) return;
  drawn = next;
  if (isNew() && isEmpty()) begin();
});

export function wipe() {
  write(fresh());
  wipeKit();
}

export async function edit(id) {
  await keepDraft();
  write(slipOf(id));
  location.hash = "#zettel";
}

form.addEventListener("click", ({ target }) => {
  const button = target.closest("button.chip");
  if (!button) return;
  press(button);
  calm();
});
form.addEventListener("input", () => calm());
document.addEventListener("visibilitychange", () => document.hidden && keepDraft());
beforeLock(keepDraft);
listen();
