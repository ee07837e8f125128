// The photos and memos of the slip, as a list with a way to take them off again.

import { bytesOf, eraseBytes } from "./attachments.js";
import { made, part } from "./dom.js";
import { number, say } from "./words.js";

let addresses = [];
const sizeOf = (file) => say("kilobytes", { number: number(Math.ceil(file.size / 1024)) });

export function drawFiles(slip, changed = () => {}) {
  addresses.forEach(URL.revokeObjectURL);
  addresses = [];
  part("files").hidden = !slip.files.length;
  part("files").replaceChildren(...slip.files.map((file) => row(slip, file, changed)));
}

function row(slip, file, changed) {
  const node = made("file", { label: `${say(`kind_${file.kind}`)}, ${sizeOf(file)}` });
  const button = node.querySelector("button");
  button.hidden = Boolean(file.announced || file.done || slip.attempt);
  button.setAttribute("aria-label", say("file_remove", { kind: say(`kind_${file.kind}`) }));
  button.addEventListener("click", async () => {
    slip.files = slip.files.filter((each) => each !== file);
    drawFiles(slip, changed);
    await eraseBytes(file);
    changed();
  });
  if (!file.done) preview(file, part("picture", node));
  return node;
}

async function preview(file, place) {
  const address = URL.createObjectURL(new Blob([await bytesOf(file)], { type: file.type }));
  addresses.push(address);
  const isSound = file.kind === "MEMO";
  const node = document.createElement(isSound ? "audio" : "img");
  if (isSound) node.controls = true;
  else node.alt = say(`kind_${file.kind}`);
  node.src = address;
  place.replaceChildren(node);
}
