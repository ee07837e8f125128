// The chips of the kit: drawn, pressed, read.

import { made, part } from "./dom.js";

let form = [];

export function draw(kit) {
  form = kit.form;
  const rows = form.map((question, n) => {
    const row = made("question", { label: question.label });
    const group = row.querySelector("[role=group]");
    part("label", row).id = `q-${n}`;
    group.setAttribute("aria-labelledby", `q-${n}`);
    Object.assign(group.dataset, { code: question.code, many: question.many ? "yes" : "" });
    group.append(
      ...question.chips.map((chip) => {
        const button = made("chip");
        button.textContent = chip.label;
        button.dataset.chip = chip.code;
        return button;
      }),
    );
    return row;
  });
  part("questions").hidden = !rows.length;
  part("questions").replaceChildren(...rows);
}

const groups = () => [...part("questions").querySelectorAll("[role=group]")];
const isOn = (button) => button.getAttribute("aria-pressed") === "true";
const turn = (button, on) => button.setAttribute("aria-pressed", String(on));

export function press(button) {
  const on = !isOn(button);
  const group = button.parentElement;
  if (!group.dataset.many) for (const other of group.children) turn(other, false);
  turn(button, on);
}

export const questions = () => form;

// ``{question: [chip, …]}`` of what is pressed.
export function answers() {
  const found = {};
  for (const group of groups()) {
    const codes = [...group.children].filter(isOn).map((button) => button.dataset.chip);
    if (codes.length) found[group.dataset.code] = codes;
  }
  return found;
}

export function write(given = {}) {
  for (const group of groups()) {
    const codes = given[group.dataset.code] ?? [];
    for (const button of group.children) turn(button, codes.includes(button.dataset.chip));
  }
}
