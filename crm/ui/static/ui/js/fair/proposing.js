// From a code or a photo into the form: only where nothing was typed, marked until looked at.

import { ask } from "./api.js";
import { understand } from "./codes.js";
import { part } from "./dom.js";
import { guess } from "./fields.js";
import { current, keepDraft } from "./form.js";
import { say } from "./words.js";

const said = part("scan-said");
const labelOf = (name) =>
  document.querySelector(`label[for="f-${name}"]`).firstChild.textContent.trim();

function fill(fields, origin) {
  const names = guess(fields, origin);
  document.getElementById("slip").dispatchEvent(new Event("change", { bubbles: true }));
  keepDraft();
  return names.map(labelOf).join(", ");
}

// What a QR code says.
export function propose(text) {
  const { kind, fields, told, host } = understand(text);
  const names = fill(fields, "qr");
  const sentences = [say(`code_${kind}`, { host, names })];
  if (kind === "contact" && !names) sentences[0] = say("code_nothing_new");
  said.textContent = [...sentences, ...told.map((code) => say(code))].join(" ");
}

// What the server reads from the photo of a card, if there is a network; the photo is kept anyway.
export async function proposeFrom(jpeg, slip) {
  said.textContent = say("card_reading");
  const content = new FormData();
  content.append("image", jpeg, "karte.jpg");
  try {
    const { fields, problems } = await ask("POST", "cards/", content);
    if (slip !== current()) return;
    const found = Object.fromEntries(fields.map(({ field, value }) => [field, value]));
    const names = fill(found, "card");
    const nothing = problems?.length ? `${say("photo_kept")} ${problems.join(" ")}` : say("card_nothing");
    said.textContent = names ? say("card_read", { names }) : nothing;
  } catch (trouble) {
    if (!trouble.kind) throw trouble;
    if (slip !== current()) return;
    const isAnswer = [400, 422].includes(trouble.status);
    said.textContent = isAnswer ? `${say("photo_kept")} ${trouble.message}` : say("card_later");
  }
}
