// Who looks like the visitor, while there is a network: shown, never decided.

import { ask } from "./api.js";
import { calmly, made, part } from "./dom.js";
import { write as rewrite, typed, guesses, originsOf } from "./fields.js";
import { current, keepDraft } from "./form.js";
import { on } from "./hub.js";
import { open } from "./session.js";

const MOST = 2;
const box = part("known");

async function look() {
  const slip = current();
  const { name, company_name: company, email, phone, mobile } = typed();
  if (!open.key || !navigator.onLine || (name.length < 3 && !email && !phone && !mobile)) {
    return void box.replaceChildren();
  }
  const query = new URLSearchParams({ name, company, email, phone: phone || mobile });
  const found = await ask("GET", `known/?${query}`).catch(() => []);
  if (slip !== current() || !open.key) return;
  const rows = (found.results ?? found).slice(0, MOST);
  box.replaceChildren(...rows.map(drawn));
}

function drawn({ name, company }) {
  const node = made("known", { name, where: company ?? "" });
  node.querySelector("button").addEventListener("click", () => {
    const fields = typed();
    const taken = { ...fields, name, company_name: company || fields.company_name };
    rewrite({ ...taken, origins: originsOf(fields) }, guesses());
    box.replaceChildren();
    keepDraft();
  });
  return node;
}

const calm = calmly(look, 600);
const ASKED = ["name", "company_name", "email", "phone", "mobile"];
document.getElementById("slip").addEventListener("input", ({ target }) => {
  if (ASKED.includes(target.name)) calm();
});
document.getElementById("slip").addEventListener("change", calm);
on("slip", () => box.replaceChildren());
