// vCard 2.1, 3.0 and 4.0: folded lines, quoted-printable, character sets, escapes.
import { composed, noteOf } from "./names.js";

const HEAVY = ["PHOTO", "LOGO", "SOUND", "KEY"];

// ``{fields, told}``: what the card says for the slip.
export function readVCard(text) {
  const lines = linesOf(text).map(lineOf).filter(Boolean);
  const all = (name) => lines.filter((line) => line.name === name && line.value.trim());
  const one = (name) => preferred(all(name))?.value ?? "";
  const said = (name) => unescaped(one(name));
  const phones = all("TEL");
  const has = (line, ...types) => types.some((type) => line.types.includes(type));
  const mobile = phones.find((line) => has(line, "CELL"));
  const landline = preferred(phones.filter((line) => !has(line, "CELL", "FAX", "PAGER")));
  const fields = {
    name: said("FN") || composed(partsOf(one("N"))),
    company_name: partsOf(one("ORG"))[0] ?? "",
    function: said("TITLE") || said("ROLE"),
    email: said("EMAIL").replace(/^mailto:/i, ""),
    phone: numberOf(landline),
    mobile: numberOf(mobile),
    note: noteOf({ address: partsOf(one("ADR")).filter(Boolean).join(", "), web: said("URL") }),
  };
  const told = lines.some((line) => HEAVY.includes(line.name)) ? ["code_photo"] : [];
  return { fields, told };
}

const numberOf = (line) => (line ? unescaped(line.value).replace(/^tel:/i, "") : "");
const preferred = (lines) =>
  lines.find((line) => line.types.includes("PREF")) ??
  lines.find((line) => line.types.includes("WORK")) ??
  lines[0];

function linesOf(text) {
  const joined = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const last = joined.at(-1);
    const isSoft = last?.endsWith("=") && /QUOTED-PRINTABLE/i.test(last.split(":")[0]);
    if (isSoft) joined[joined.length - 1] = last.slice(0, -1) + line;
    else if (/^[ \t]/.test(line) && joined.length) joined[joined.length - 1] += line.slice(1);
    else joined.push(line);
  }
  return joined;
}

function lineOf(line) {
  const found = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(line);
  if (!found) return null;
  const params = found[2].toUpperCase().replaceAll('"', "").split(";").slice(1);
  const types = params.flatMap((each) => {
    const [key, value] = each.split("=");
    if (key === "PREF") return ["PREF"];
    if (value === undefined) return [key];
    return key === "TYPE" ? value.split(",") : [];
  });
  const charset = params.find((each) => each.startsWith("CHARSET="))?.slice(8) ?? "UTF-8";
  const isQuoted = params.some((each) => each.endsWith("QUOTED-PRINTABLE"));
  return { name: found[1].toUpperCase(), types, value: isQuoted ? plain(found[3], charset) : found[3] };
}

function plain(text, charset) {
  const raw = new TextEncoder().encode(text);
  const bytes = [];
  for (let n = 0; n < raw.length; n += 1) {
    const code = raw[n] === 61 && String.fromCharCode(raw[n + 1], raw[n + 2]);
    if (code && /^[\dA-F]{2}$/i.test(code)) {
      bytes.push(parseInt(code, 16));
      n += 2;
    } else bytes.push(raw[n]);
  }
  try {
    return new TextDecoder(charset).decode(new Uint8Array(bytes));
  } catch {
    return new TextDecoder().decode(new Uint8Array(bytes));
  }
}

const unescaped = (text) => text.replace(/\\n/gi, ", ").replace(/\\([\\;,:])/g, "$1");
const partsOf = (text) => text.split(/(?<!\\);/).map((each) => unescaped(each).trim());
