// "May we get in touch?": yes, no or not asked, for each text and channel. Never answered before.

import { made, part } from "./dom.js";

const SIGNS = { phone: "phone", email: "mail", sms: "sms", post: "letter", fax: "fax" };
const sprite = () => document.querySelector("use").getAttribute("href").split("#")[0];

export function draw(kit) {
  part("asking").hidden = !kit.texts.length;
  part("texts").replaceChildren(...kit.texts.map((text, n) => drawn(text, n, kit.channels)));
}

function drawn(text, n, labels) {
  const purposes = text.purposes.map((purpose) => purpose.label).join(", ");
  const node = made("text", { title: purposes || text.title, body: text.body });
  part("body", node).lang = text.language.slice(0, 2);
  part("channels", node).append(
    ...text.channels.map((channel) => {
      const label = labels[channel] ?? channel;
      const fields = made("ask3", { label });
      fields.querySelector("use").setAttribute("href", `${sprite()}#i-${signOf(channel)}`);
      for (const input of fields.querySelectorAll("input")) {
        input.name = `opt-${n}-${channel}`;
        Object.assign(input.dataset, { text: text.id, channel });
      }
      return fields;
    }),
  );
  return node;
}

const signOf = (channel) => SIGNS[channel.toLowerCase()] ?? "chat";
const inputs = () => [...part("texts").querySelectorAll("input")];

// ``[{text, channel, answer}]``, "NOT_ASKED" among them.
export const optIns = () =>
  inputs()
    .filter((input) => input.checked)
    .map(({ dataset, value }) => ({ text: dataset.text, channel: dataset.channel, answer: value }));

export function write(given = []) {
  for (const input of inputs()) {
    const { text, channel } = input.dataset;
    const said = given.find((each) => each.text === text && each.channel === channel);
    input.checked = input.value === (said?.answer ?? "NOT_ASKED");
  }
}
