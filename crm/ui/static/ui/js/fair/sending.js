// One slip on its way: what is to be said, what was said, what the server answered.
//
// ``attempt`` is the body that was sent and not answered yet: it is sent again word for word, so
// that a lost answer does no harm. ``told`` is what the server has heard, ``known`` what it holds.

import { ask } from "./api.js";
import { same } from "./equal.js";
import { sendFile } from "./pieces.js";
import { guard } from "./session.js";
import { keep } from "./slips.js";

const pick = (fields, names) => Object.fromEntries(names.map((name) => [name, fields[name]]));
const announced = (file) => ({
  sha256: file.sha256,
  size: file.size,
  kind: file.kind,
  name: file.name,
});

// What is still to be said, or null.
function news(slip) {
  const names = Object.keys(slip.fields);
  const files = slip.files.map(announced);
  if (!slip.told) {
    return { captured_at: slip.captured_at, base: slip.base ?? null, fields: slip.fields, files };
  }
  const changed = names.filter((name) => !same(slip.fields[name], slip.told[name]));
  const isSaid = slip.files.every((file) => file.done || file.announced);
  if (!changed.length && isSaid) return null;
  const base = pick(slip.known, changed);
  return { captured_at: slip.captured_at, base, fields: pick(slip.fields, changed), files };
}

// Takes over what the server holds, except for what was changed here in the meantime.
function settle(slip, body, answer) {
  const told = { ...slip.told, ...body.fields };
  for (const [name, value] of Object.entries(answer.fields)) {
    if (name in told && same(slip.fields[name], told[name])) {
      if (name === "grade" && value !== told.grade) slip.graded = true;
      told[name] = value;
      slip.fields[name] = value;
    }
  }
  const { problems, suspects, visitor, is_late } = answer;
  const offsets = Object.fromEntries(answer.files.map((file) => [file.sha256, file.received]));
  for (const file of slip.files) file.announced ||= file.sha256 in offsets;
  Object.assign(slip, { told, known: answer.fields, attempt: null, base: null, conflict: null });
  slip.answer = { problems, suspects, visitor, is_late };
  return offsets;
}

// Sends everything that is to be said of a slip, then its files. Stops when somebody locks.
export async function send(slip) {
  const check = guard();
  let offsets = {};
  for (let body = slip.attempt ?? news(slip); body; body = news(slip)) {
    if (!slip.attempt) {
      slip.attempt = structuredClone(body);
      await keep(slip);
      check();
    }
    const now = { ...slip.attempt, device_now: new Date().toISOString() };
    offsets = settle(slip, slip.attempt, await ask("PUT", `leads/${slip.id}/`, now));
    await keep(slip);
    check();
  }
  for (const file of slip.files.filter((each) => !each.done)) {
    await sendFile(slip, file, offsets[file.sha256] ?? 0, check);
  }
  Object.assign(slip, { state: "sent", sent_at: Date.now(), trouble: null });
  await keep(slip);
}
