// Names and addresses as cards spell them.

import { say } from "./words.js";

const HAN = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u;

// Of surname, given, additional, prefix, suffix: as one says it. In Chinese, Japanese and Korean
// the surname comes first.
export function composed([surname = "", given = "", additional = "", prefix = "", suffix = ""]) {
  if (HAN.test(surname + given)) return surname + given;
  return [prefix, given, additional, surname, suffix].filter(Boolean).join(" ");
}

// What has no field of its own goes into the note.
export function noteOf({ address = "", web = "" }) {
  const lines = [address && say("note_address", { address }), web && say("note_web", { web })];
  return lines.filter(Boolean).join("; ");
}
