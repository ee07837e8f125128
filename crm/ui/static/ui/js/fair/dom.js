// Finding and making the pieces of the page, showing one view, asking a question.

import { say } from "./words.js";

export const part = (name, within = document) => within.querySelector(`[data-part="${name}"]`);
export const parts = (name, within = document) => [
  ...within.querySelectorAll(`[data-part="${name}"]`),
];

// A copy of a template of the page, its parts filled with texts.
export function made(name, texts = {}) {
  const template = document.querySelector(`template[data-make="${name}"]`);
  const node = template.content.firstElementChild.cloneNode(true);
  for (const [key, text] of Object.entries(texts)) part(key, node).textContent = text;
  return node;
}

export const view = () => document.body.dataset.view;

// Shows what belongs to the view, and moves the focus to where one goes on.
export function show(name, focus) {
  document.body.dataset.view = name;
  if (name === "lock") part("toasts").replaceChildren();
  for (const node of document.querySelectorAll("[data-in]")) {
    node.hidden = !node.dataset.in.split(" ").includes(name);
  }
  if (focus) focus.focus();
  else document.getElementById("inhalt").focus();
  window.scrollTo(0, 0);
}

export function toast(code, values) {
  const box = part("toasts");
  const node = made("toast", { text: say(code, values) });
  box.replaceChildren(node);
  setTimeout(() => node.remove(), 4000);
}

// A question with yes and no; resolves to true for yes.
export function ask(code, values) {
  const dialog = part("question");
  part("question-title").textContent = say(`${code}_title`, values);
  part("question-text").textContent = say(`${code}_text`, values);
  part("question-yes").textContent = say(`${code}_yes`, values);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

// One thing after the other: a later call waits until the earlier one is through.
export function inTurn(work) {
  let last = Promise.resolve();
  return (...values) => {
    const next = last.then(() => work(...values));
    last = next.catch(() => {});
    return next;
  };
}

// Calls once it has been quiet for so many ms.
export function calmly(work, after) {
  let timer = 0;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), after);
  };
  later.stop = () => clearTimeout(timer);
  return later;
}
