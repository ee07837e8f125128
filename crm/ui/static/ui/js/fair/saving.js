// "Save and next", and throwing away.

import { content } from "./content.js";
import { ask, part, show, toast } from "./dom.js";
import { same } from "./equal.js";
import { current, isEmpty, isNew, write } from "./form.js";
import { drafts, drop, fresh, keep, nextNumber } from "./slips.js";
import { syncNow } from "./sync.js";
import { say } from "./words.js";

const form = document.getElementById("slip");

async function save() {
  if (isEmpty()) return void (part("slip-error").textContent = say("slip_empty"));
  const saved = current();
  const at = { seq: nextNumber(), captured_at: new Date().toISOString() };
  if (!saved.seq) Object.assign(saved, at);
  const { fields, graded } = content();
  const from = saved.edit?.from ?? saved.fields;
  for (const name of Object.keys(fields)) {
    // what was not touched here stays as the office may have put it in the meantime
    if (!saved.told || !same(fields[name], from[name])) saved.fields[name] = fields[name];
  }
  Object.assign(saved, { graded, guessed: {}, state: "waiting", trouble: null });
  delete saved.edit;
  next();
  toast("saved", { n: saved.seq });
  await keep(saved);
  syncNow();
}

function next() {
  write(drafts().find((each) => each !== current()) ?? fresh());
  show("slip", form.elements.name);
}

async function discard() {
  if (!(await ask(isNew() ? "discard" : "discard_edit", { n: current().seq }))) return;
  const left = current();
  delete left.edit;
  next();
  await (left.state === "draft" ? drop(left) : keep(left));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
part("discard").addEventListener("click", discard);
