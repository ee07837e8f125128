// MeCard: ``MECARD:N:Maier,Hans;TEL:…;;`` with backslashes before what would end a value.

import { composed, noteOf } from "./names.js";

const isMobile = (number) => /^(\+49|0049|0)\s*\(?0?\)?\s*1[567]/.test(number);

export function readMeCard(text) {
  const found = {};
  for (const piece of text.slice(7).split(/(?<!\\);/)) {
    const at = piece.indexOf(":");
    if (at > 0) (found[piece.slice(0, at).trim().toUpperCase()] ??= []).push(piece.slice(at + 1));
  }
  const one = (name) => unescaped(found[name]?.[0] ?? "");
  const numbers = (found.TEL ?? []).map(unescaped);
  const name = (found.N?.[0] ?? "").split(/(?<!\\),/).map((each) => unescaped(each).trim());
  const fields = {
    name: composed(name),
    company_name: one("ORG"),
    function: one("TITLE") || one("TIL"),
    email: one("EMAIL"),
    phone: numbers.find((number) => !isMobile(number)) ?? "",
    mobile: numbers.find(isMobile) ?? "",
    note: noteOf({ address: one("ADR").replaceAll(/,(?=\S)/g, ", "), web: one("URL") }),
  };
  return { fields, told: [] };
}

const unescaped = (text) => text.replace(/\\(.)/g, "$1").trim();
