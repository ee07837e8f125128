// What stands in the form: drawn from the kit, filled from a slip, read for saving.

import { part } from "./dom.js";
import { drawFiles } from "./enclosed.js";
import * as fields from "./fields.js";
import * as grades from "./grades.js";
import * as optins from "./optins.js";
import * as questions from "./questions.js";
import { say } from "./words.js";

export const drawKit = (kit) => [questions, grades, optins].forEach((each) => each.draw(kit));
export const wipeKit = () =>
  ["questions", "texts", "known", "grades"].forEach((name) => part(name).replaceChildren());
const weigh = () => grades.weigh(questions.questions(), questions.answers());

// As the API has them.
export function values() {
  const typed = fields.typed();
  return {
    ...typed,
    next_step_on: typed.next_step_on || null,
    answers: questions.answers(),
    opt_ins: optins.optIns(),
    grade: grades.grade(),
    origins: fields.originsOf(typed),
  };
}

// With what only the form knows: which fields are guesses, whether the grade was chosen.
export const content = () => ({
  fields: values(),
  guessed: fields.guesses(),
  graded: grades.isChosen(),
});

export function isBlank() {
  const typed = Object.values(fields.typed()).some(Boolean);
  const asked = optins.optIns().some(({ answer }) => answer !== "NOT_ASKED");
  return !(typed || asked || grades.isChosen() || Object.keys(questions.answers()).length);
}

export function fill(slip) {
  const { fields: given, guessed, graded } = slip.edit ?? slip;
  fields.write(given, guessed);
  questions.write(given.answers);
  optins.write(given.opt_ins);
  grades.choose(given.grade ?? "", graded);
  weigh();
  drawFiles(slip);
  part("slip-error").textContent = part("scan-said").textContent = "";
  const isNew = slip.state === "draft";
  part("slip-title").className = isNew ? "sr-only" : "hh-title";
  part("slip-title").textContent = isNew ? say("slip_new") : say("slip_edit", { n: slip.seq });
}

// A chip of a question or of the grade.
export function press(button) {
  if (button.dataset.grade) grades.press(button);
  else questions.press(button);
  weigh();
}
