// A slip as a line of the transfer.

import { drawConflict } from "./conflicts.js";
import { made, part } from "./dom.js";
import { edit } from "./form.js";
import { syncNow } from "./sync.js";
import { count, momentOf, say, visitorSaid } from "./words.js";

const SIGNS = { waiting: "", sent: "badge--yes", trouble: "badge--check", conflict: "badge--check" };

function stateOf(slip) {
  if (slip.conflict) return "conflict";
  if (slip.state === "sent") return "sent";
  return slip.trouble ? "trouble" : "waiting";
}

function saidOf(slip) {
  const { problems = [], suspects = [], visitor, is_late } = slip.answer ?? {};
  const missing = slip.files.filter((file) => !file.done).length;
  return [
    slip.trouble && stateOf(slip) === "trouble" && slip.trouble.message,
    slip.state === "waiting" && missing && count("files_wait", missing),
    is_late && say("late"),
    visitor && visitor.state !== "none" && visitorSaid(visitor.state),
    ...problems,
    ...suspects.map(({ name, company }) => say("suspect", { name, company: company ?? "" })),
  ].filter(Boolean);
}

export function row(slip) {
  const state = stateOf(slip);
  const { name, company_name: company } = slip.fields;
  const where = [name && company, momentOf(slip.captured_at)].filter(Boolean).join(" · ");
  const title = name || company || say("nameless");
  const node = made("slip", { name: `${slip.seq}. ${title}`, where, state: say(`is_${state}`) });
  if (SIGNS[state]) part("state", node).classList.add(SIGNS[state]);
  const lines = saidOf(slip).map((text) => Object.assign(document.createElement("li"), {
    textContent: text,
  }));
  part("said", node).replaceChildren(...lines);
  part("open", node).setAttribute("aria-label", say("open_slip", { n: slip.seq, name: title }));
  part("open", node).addEventListener("click", () => edit(slip.id));
  if (slip.conflict) node.append(drawConflict(slip, syncNow));
  return node;
}
