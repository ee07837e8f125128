// Card, badge and memo: what is taken is kept at once; what is read from it is only proposed.

import { addFile } from "./attachments.js";
import * as camera from "./camera.js";
import { part } from "./dom.js";
import { drawFiles } from "./enclosed.js";
import { current, keepDraft } from "./form.js";
import { beforeLock } from "./locking.js";
import * as memo from "./memo.js";
import { redrawn } from "./pictures.js";
import { propose, proposeFrom } from "./proposing.js";
import { codeIn } from "./reader.js";
import { open } from "./session.js";
import { say } from "./words.js";

const said = part("scan-said");
const tell = (code, values) => (said.textContent = say(code, values));
const megabytes = (bytes) => Math.floor(bytes / 1_048_576);

async function keepFile(blob, kind, ending) {
  const slip = current();
  if (!open.key) return;
  const most = open.kit.most_file_bytes;
  if (most && blob.size > most) return void tell("file_too_big", { number: megabytes(most) });
  const n = slip.files.filter((file) => file.kind === kind).length + 1;
  await addFile(slip, blob, kind, `${say(`kind_${kind}`)} ${n}.${ending}`);
  if (slip === current()) drawFiles(slip, keepDraft);
  await keepDraft();
}

async function takePhoto(blob) {
  const picture = await redrawn(blob);
  if (!picture) return void tell("photo_none");
  tell("photo_kept");
  await keepFile(picture.jpeg, "CARD", "jpg");
  const code = await codeIn(picture.bitmap, 1600);
  if (code) propose(code);
  else await proposeFrom(picture.jpeg, current());
}

async function takeBadge() {
  said.textContent = "";
  try {
    const { code, photo } = await camera.look();
    if (code) propose(code);
    if (photo) await takePhoto(photo);
  } catch (error) {
    said.textContent = error.message;
  }
}

async function takeMemo() {
  if (memo.isOn()) return memo.stop();
  try {
    await memo.start(async (recording) => {
      drawMemo(false);
      await keepFile(recording, "MEMO", memo.endingOf(recording.type));
    });
    drawMemo(true);
  } catch {
    tell("memo_none");
  }
}

function drawMemo(isOn) {
  part("memo").setAttribute("aria-pressed", String(isOn));
  part("memo-word").textContent = say(isOn ? "memo_stop" : "memo");
}

beforeLock(memo.stop);
part("card").addEventListener("click", () => part("photo").click());
part("photo").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) await takePhoto(file);
  target.value = "";
});
part("badge").addEventListener("click", () => (camera.isThere() ? takeBadge() : tell("camera_none")));
part("memo").addEventListener("click", takeMemo);
