// A, B or C: proposed by the score, which shows its parts, until somebody chooses.

import { made, part } from "./dom.js";
import { propose } from "./score.js";
import { number, say } from "./words.js";

let chosen = "";
let proposed = "";

export function draw(kit) {
  const buttons = ["A", "B", "C"].map((grade) => {
    const rule = kit.follow_up[grade];
    const button = made("grade", { grade, promise: rule ? promiseOf(rule.hours) : "" });
    button.dataset.grade = grade;
    return button;
  });
  part("grades").replaceChildren(...buttons);
}

const promiseOf = (hours) =>
  hours % 168 === 0
    ? say(hours === 168 ? "week" : "weeks", { number: hours / 168 })
    : say("hours", { number: hours });

// Proposes anew from the pressed chips; what somebody chose stays.
export function weigh(form, answers) {
  const found = propose(form, answers);
  proposed = found.grade;
  const told = found.parts
    .filter((each) => each.share !== null)
    .map((each) => `${say(`asks_${each.code}`)} ${number(each.share)}`);
  const values = { ...found, parts: told.join(", ") };
  part("grade-why").textContent = found.score === null ? say("score_none") : say("score", values);
  mark();
}

function mark() {
  const grade = chosen || proposed;
  part("grade-origin").textContent = !chosen && proposed ? say("grade_proposed") : "";
  for (const button of part("grades").children) {
    button.setAttribute("aria-pressed", String(button.dataset.grade === grade));
    button.classList.toggle("is-proposed", !chosen && button.dataset.grade === proposed);
  }
}

export const grade = () => chosen || proposed;
export const isChosen = () => Boolean(chosen);

// ``wasChosen`` is false for a draft whose grade was but proposed.
export function choose(value, wasChosen = true) {
  chosen = wasChosen ? value : "";
  mark();
}

export function press(button) {
  choose(button.dataset.grade === chosen ? "" : button.dataset.grade);
}
