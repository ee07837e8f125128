// The visitor's QR code beside the slip, large on demand, and whether their own yes has arrived.

import { ask } from "./api.js";
import { calmly, part, parts } from "./dom.js";
import { typed } from "./fields.js";
import { current, keepDraft } from "./form.js";
import { on } from "./hub.js";
import { drawn } from "./qr.js";
import { open } from "./session.js";
import { all, keep } from "./slips.js";
import { tokenFor } from "./visitor.js";
import { say, visitorSaid } from "./words.js";

const EVERY = 5000;
const FOR = 2 * 3600_000;
const dialog = part("visitor-dialog");
let address = "";
let drawnFor = "";

// Anew only for what is new: a code that somebody is scanning stays as it is.
async function draw() {
  if (!open.device || !open.kit) return void (part("visitor").hidden = true);
  const slip = current();
  const told = JSON.stringify([slip.id, open.device.id, open.kit.texts.length, typed()]);
  if (told === drawnFor) return drawState();
  const seconds = Math.floor(Date.now() / 1000);
  const { token, code } = await tokenFor(open.device, slip.id, typed(), seconds);
  if (slip !== current() || !open.kit) return;
  drawnFor = told;
  address = `${open.kit.visitor_base}${token}/`;
  part("visitor").hidden = !open.kit.texts.length;
  part("visitor-show").replaceChildren(drawn(address, say("visitor_code")));
  part("visitor-code").textContent = part("visitor-big-code").textContent = code;
  drawState();
}

function drawState() {
  const state = current().answer?.visitor?.state ?? "none";
  const sentence = current().shown || state !== "none" ? visitorSaid(state) : "";
  for (const name of ["visitor-state", "visitor-big-state"]) part(name).textContent = sentence;
  for (const node of parts("visitor-state")) node.classList.toggle("good", state === "confirmed");
}

async function enlarge() {
  part("visitor-big").replaceChildren(drawn(address, say("visitor_code")));
  current().shown = Date.now();
  dialog.showModal();
  drawState();
  await keepDraft();
}

const isAwaited = (slip) =>
  slip.shown && Date.now() - slip.shown < FOR && slip.answer?.visitor?.state !== "confirmed";

async function look() {
  if (!open.key || !navigator.onLine || document.hidden) return;
  for (const slip of new Set([current(), ...all()])) {
    if (!isAwaited(slip)) continue;
    const answer = await ask("GET", `leads/${slip.id}/`).catch(() => null);
    if (!answer || !open.key) continue;
    const before = slip.answer?.visitor?.state;
    slip.answer = { ...slip.answer, visitor: answer.visitor };
    if (slip === current()) drawState();
    if (before !== answer.visitor.state && slip.seq) await keep(slip);
  }
}

const calm = calmly(draw, 300);
const form = document.getElementById("slip");
form.addEventListener("input", calm);
form.addEventListener("change", calm);
on("slip", calm);
on("locked", () => {
  address = drawnFor = "";
  for (const name of ["visitor-show", "visitor-big"]) part(name).replaceChildren();
});
part("visitor-show").addEventListener("click", enlarge);
part("visitor-close").addEventListener("click", () => dialog.close());
setInterval(look, EVERY);
