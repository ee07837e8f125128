// What scripts say: the sentences come with the page, in its language.

const words = JSON.parse(document.getElementById("fair-words").textContent);

// The sentence with its {places} filled.
export const say = (code, values = {}) =>
  words[code].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

// "1 wartet", "4 warten": code_one for one, code_many else.
export const count = (code, number) => say(`${code}_${number === 1 ? "one" : "many"}`, { number });

// What became of the visitor's own yes; nothing for a state that this version does not know.
export const visitorSaid = (state) => (words[`visitor_${state}`] ? say(`visitor_${state}`) : "");

const locale = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(locale, { weekday: "short", day: "2-digit", month: "2-digit" });
const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

export const dateOf = (moment) => date.format(new Date(moment));
export const number = (value) => amount.format(value);

// Today only the hour, else the day with it.
export function momentOf(moment) {
  const then = new Date(moment);
  const hour = say("hour", { time: clock.format(then) });
  return then.toDateString() === new Date().toDateString() ? hour : `${day.format(then)}, ${hour}`;
}
