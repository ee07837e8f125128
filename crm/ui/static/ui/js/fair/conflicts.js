// A slip that was changed here and in the office: current, mine or original, field by field.

import { made, part } from "./dom.js";
import { open } from "./session.js";
import { keep } from "./slips.js";
import { say } from "./words.js";

const chipLabel = (question, code) => {
  const asked = open.kit.form.find((each) => each.code === question);
  return asked?.chips.find((chip) => chip.code === code)?.label ?? code;
};

// A value as one reads it.
function shown(name, value) {
  if (value === null || value === undefined || value === "") return say("nothing");
  if (name === "answers") {
    const labels = Object.entries(value).map(([question, codes]) =>
      codes.map((code) => chipLabel(question, code)).join(", "),
    );
    return labels.join("; ") || say("nothing");
  }
  if (name === "opt_ins") {
    const said = value.map(({ channel, answer }) => {
      const label = open.kit.channels[channel] ?? channel;
      return `${label}: ${say(`answer_${answer}`)}`;
    });
    return said.join(", ") || say("nothing");
  }
  return String(value);
}

// The form to choose with; ``done`` is called once the choice is kept.
export function drawConflict(slip, done) {
  const form = made("conflict");
  const names = Object.keys(slip.conflict);
  part("rows", form).append(
    ...names.map((name) => {
      const { current, mine, original } = slip.conflict[name];
      const texts = { current, mine, original };
      for (const key of Object.keys(texts)) texts[key] = shown(name, texts[key]);
      const row = made("conflict-row", { label: say(`field_${name}`), ...texts });
      for (const input of row.querySelectorAll("input")) input.name = name;
      return row;
    }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    settle(slip, Object.fromEntries(new FormData(form)));
    form.replaceChildren();
    await keep(slip);
    done();
  });
  return form;
}

// What was chosen is mine from now on, and what the office has is what I started from.
function settle(slip, chosen) {
  if (!slip.told) slip.base = { ...slip.fields };
  for (const [name, values] of Object.entries(slip.conflict)) {
    slip.fields[name] = values[chosen[name]] ?? (name === "next_step_on" ? null : "");
    for (const heard of [slip.told, slip.known, slip.base]) if (heard) heard[name] = values.current;
  }
  Object.assign(slip, { conflict: null, trouble: null, attempt: null });
}
