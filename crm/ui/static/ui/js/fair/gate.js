// The lock screen: who captures, and their PIN.

import { made, part, parts, show } from "./dom.js";
import { tell } from "./hub.js";
import { touch } from "./locking.js";
import { attempt, everybody } from "./profiles.js";
import { begin } from "./session.js";
import { load } from "./slips.js";
import { say } from "./words.js";

let chosen = "";
let timer = 0;

export async function enter() {
  const people = await everybody();
  if (!people.length) {
    location.hash = "#anmelden";
    return;
  }
  part("people").replaceChildren(
    ...people.map(({ id, label }) => {
      const row = made("person", { label });
      const input = row.querySelector("input");
      input.value = id;
      input.checked = id === chosen || people.length === 1;
      return row;
    }),
  );
  part("event").textContent = say("app_name");
  part("stand").textContent = say("app_stand");
  show("lock", chosen || people.length === 1 ? document.getElementById("pin") : undefined);
}

const button = () => part("unlock-button");

function refuse(wait) {
  clearInterval(timer);
  const until = Date.now() + wait;
  button().disabled = true;
  const tick = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    part("unlock-said").textContent = say("pin_wrong", { seconds: Math.max(0, seconds) });
    if (seconds > 0) return;
    clearInterval(timer);
    button().disabled = false;
    part("unlock-said").textContent = say("pin_again");
  };
  timer = setInterval(tick, 500);
  tick();
}

// Opens what is a person's own.
export async function opened(profile, key) {
  chosen = profile;
  touch();
  await begin(profile, key);
  await load();
  tell("unlocked");
}

part("unlock").addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(event.target));
  if (!values.who || button().disabled) return;
  button().disabled = true;
  event.target.elements.pin.value = "";
  const { key, wait } = await attempt(values.who, values.pin, Date.now());
  button().disabled = false;
  part("unlock-said").textContent = "";
  if (key) await opened(values.who, key);
  else refuse(wait);
});
part("another").addEventListener("click", () => (location.hash = "#anmelden"));
for (const box of parts("people")) box.addEventListener("change", () => part("unlock").pin.focus());
