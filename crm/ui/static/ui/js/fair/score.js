// How promising a lead is: the same rule as history/fairs/scoring.py, to the last digit.

export const WEIGHTS = { AUTHORITY: 3, NEED: 2, VOLUME: 2, HORIZON: 2, COMPETITOR: 1 };
const A_FROM = 70;
const B_FROM = 40;

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
const percent = (part, whole) => Math.floor((200 * part + whole) / (2 * whole));
const isNumber = (value) => typeof value === "number";

function pressed(form, answers) {
  const found = {};
  for (const question of form) {
    const codes = answers[question.code] ?? [];
    const chips = question.chips.filter((chip) => codes.includes(chip.code));
    if (chips.length) (found[question.asks] ??= []).push(...chips);
  }
  return found;
}

function shareOf(asks, chips = []) {
  const points = chips.map((chip) => chip.points).filter(isNumber);
  if (!points.length) return null;
  return asks === "COMPETITOR" ? Math.min(...points) : Math.max(...points);
}

const countsRivals = (form) =>
  form.some(
    (question) =>
      question.asks === "COMPETITOR" && question.chips.some((chip) => isNumber(chip.points)),
  );

function gradeOf(score, parts, months) {
  const authority = parts.find((part) => part.code === "AUTHORITY").share;
  const decides = authority !== null && authority >= 0.5;
  if (score >= A_FROM && decides && months !== null && months <= 6) return "A";
  return score >= B_FROM ? "B" : "C";
}

// ``{score, completeness, grade, parts}``; score is null and grade "" when nothing is known.
export function propose(form, answers) {
  const chosen = pressed(form, answers);
  const parts = Object.entries(WEIGHTS)
    .filter(([asks]) => asks !== "COMPETITOR" || countsRivals(form))
    .map(([code, weight]) => ({ code, weight, share: shareOf(code, chosen[code]) }));
  const known = parts.filter((part) => part.share !== null);
  const weight = sum(known.map((part) => part.weight));
  const completeness = percent(weight, sum(parts.map((part) => part.weight)));
  if (!known.length) return { score: null, completeness, grade: "", parts };
  const score = percent(sum(known.map((part) => part.weight * part.share)), weight);
  const values = (chosen.HORIZON ?? []).map((chip) => chip.value).filter(isNumber);
  const months = values.length ? Math.min(...values) : null;
  return { score, completeness, grade: gradeOf(score, parts, months), parts };
}
