// The fields that one types in, and those that were guessed: amber until somebody looked.

import { say } from "./words.js";

export const TYPED = [
  "name",
  "company_name",
  "function",
  "email",
  "phone",
  "mobile",
  "need",
  "next_step",
  "next_step_on",
  "note",
];
const form = () => document.getElementById("slip");
const input = (name) => form().elements.namedItem(name);
let guessed = {};
let origins = {};

export const typed = () =>
  Object.fromEntries(TYPED.map((name) => [name, input(name).value.trim()]));
export const guesses = () => ({ ...guessed });
// Where each value that is there came from: typed, qr, card.
export const originsOf = (values) =>
  Object.fromEntries(
    TYPED.filter((name) => values[name]).map((name) => [name, origins[name] ?? "typed"]),
  );

export function write(fields = {}, guesses = {}) {
  origins = { ...fields.origins };
  for (const name of TYPED) input(name).value = fields[name] ?? "";
  guessed = {};
  for (const [name, origin] of Object.entries(guesses)) mark(name, origin);
  for (const name of TYPED) if (!guessed[name]) unmark(name);
}

// Puts guesses where nobody wrote; returns the names of the fields that were filled.
export function guess(found, origin) {
  const names = TYPED.filter((name) => found[name] && (!input(name).value || guessed[name]));
  for (const name of names) {
    input(name).value = found[name];
    mark(name, origin);
  }
  return names;
}

function mark(name, origin) {
  guessed[name] = origin;
  origins[name] = origin;
  input(name).classList.add("input--guess");
  originOf(name).textContent = say(`from_${origin}`);
}

function unmark(name) {
  delete guessed[name];
  input(name).classList.remove("input--guess");
  if (originOf(name)) originOf(name).textContent = "";
}

const originOf = (name) => form().querySelector(`[data-origin-of="${name}"]`);

// Somebody looked at the field: left it after being in it, or changed it.
export function listen() {
  form().addEventListener("focusout", ({ target }) => guessed[target.name] && unmark(target.name));
  form().addEventListener("input", ({ target }) => {
    if (!TYPED.includes(target.name)) return;
    origins[target.name] = "typed";
    unmark(target.name);
  });
}
