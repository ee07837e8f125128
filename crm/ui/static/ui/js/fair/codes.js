// What a QR code says: ``{kind, fields, told}``. Kinds: contact, url, text, empty, long.
// ``fields`` are proposals only; ``told`` are codes of sentences about what was left out.

import { readMeCard } from "./mecard.js";
import { readVCard } from "./vcard.js";

const MOST = 20_480;
const MOST_OF = { name: 200, company_name: 200, function: 200, email: 254, phone: 50, mobile: 50 };
const MOST_NUMBER = 200;

export function understand(text) {
  const content = text.replace(/^\uFEFF/, "").trim();
  if (!content) return { kind: "empty", fields: {}, told: [] };
  if (content.length > MOST) return { kind: "long", fields: {}, told: [] };
  if (/^BEGIN:VCARD/i.test(content)) return contact(readVCard(content));
  if (/^MECARD:/i.test(content)) return contact(readMeCard(content));
  if (/^mailto:[^?]+@/i.test(content)) {
    return contact({ fields: { email: decoded(content.slice(7).split("?")[0]) }, told: [] });
  }
  if (/^tel:/i.test(content)) return contact({ fields: { phone: content.slice(4) }, told: [] });
  if (/^(https?:\/\/|www\.)\S+$/i.test(content)) {
    return { kind: "url", fields: {}, told: [], host: hostOf(content) };
  }
  if (content.length > MOST_NUMBER) return { kind: "long", fields: {}, told: [] };
  return { kind: "text", fields: { note: content }, told: [] };
}

function contact({ fields, told }) {
  const kept = {};
  const said = [...told];
  for (const [name, value] of Object.entries(fields)) {
    const clean = value.replace(/\s+/g, " ").trim();
    if (!clean) continue;
    const most = MOST_OF[name] ?? 1000;
    if (clean.length > most && !said.includes("code_cut")) said.push("code_cut");
    kept[name] = clean.slice(0, most);
  }
  const isEmpty = !Object.keys(kept).length;
  return { kind: isEmpty ? "empty" : "contact", fields: kept, told: said };
}

function hostOf(address) {
  try {
    return new URL(address.startsWith("www.") ? `https://${address}` : address).hostname;
  } catch {
    return address.slice(0, 60);
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
