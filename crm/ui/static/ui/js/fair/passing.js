// One pass over the slips that wait.

import { refreshKit } from "./kit.js";
import { send } from "./sending.js";
import { guard, keepState } from "./session.js";
import { keep, waiting } from "./slips.js";

const STUBBORN = 3;

// A slip that cannot go says why and lets the others pass.
async function fail(slip, trouble) {
  const fields = trouble.body?.fields ?? trouble.body?.data?.fields;
  if (trouble.body?.code === "lead-conflict") slip.conflict = fields;
  if (trouble.kind === "refused") slip.attempt = null;
  const tries = (slip.trouble?.tries ?? 0) + 1;
  slip.trouble = { kind: trouble.kind, message: trouble.message, tries };
  await keep(slip);
}

async function attempt(slip) {
  try {
    await send(slip);
  } catch (trouble) {
    if (trouble.kind !== "offline") throw trouble;
    await send(slip); // a connection that breaks off for a moment needs no waiting
  }
}

// Every slip that waits, once; ``through`` is called for each that went. Throws the Trouble that
// stops all of them: no network, no valid log-in, a server that cannot now.
export async function pass(through) {
  const check = guard();
  await refreshKit();
  for (const slip of waiting().filter((each) => !each.conflict)) {
    check();
    try {
      await attempt(slip);
      check();
      through();
      await keepState({ last: Date.now() });
    } catch (trouble) {
      if (!trouble.kind) throw trouble;
      if (["refused", "busy"].includes(trouble.kind)) await fail(slip, trouble);
      const passes = trouble.kind === "refused" || slip.trouble?.tries >= STUBBORN;
      if (!passes || trouble.kind === "login" || trouble.kind === "offline") throw trouble;
    }
  }
}
