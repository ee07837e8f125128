// A file goes up in pieces and goes on where it stopped; the server checks the hash at the end.

import { ask } from "./api.js";
import { bytesOf, eraseBytes } from "./attachments.js";
import { open } from "./session.js";
import { keep } from "./slips.js";

const PIECE = 262_144;
const TRIES = 3;

// Sends what is missing from ``offset`` on. Throws a Trouble; nothing that arrived is lost.
export async function sendFile(slip, file, offset, check) {
  const content = await bytesOf(file);
  let at = offset;
  let tries = 0;
  while (at < file.size) {
    check();
    try {
      at = await sendPiece(slip, file, content, at);
    } catch (trouble) {
      const { code, received, data } = trouble.body ?? {};
      if (code === "file-refused") return refuse(slip, file, trouble.message);
      if (!["wrong-offset", "wrong-hash"].includes(code) || tries >= TRIES) throw trouble;
      tries += 1;
      at = received ?? data?.received ?? 0;
    }
  }
  await finish(slip, file);
}

async function finish(slip, file) {
  file.done = true;
  await keep(slip);
  await eraseBytes(file);
}

// The server wants it never: the slip says so instead of trying for ever.
async function refuse(slip, file, sentence) {
  slip.answer.problems = [...(slip.answer.problems ?? []), `${file.name}: ${sentence}`];
  await finish(slip, file);
}

async function sendPiece(slip, file, content, at) {
  const end = Math.min(file.size, at + (open.kit?.piece_bytes ?? PIECE));
  const headers = { "Upload-Offset": String(at), "Content-Type": "application/octet-stream" };
  const path = `leads/${slip.id}/files/${file.sha256}/`;
  return (await ask("PATCH", path, new Blob([content.slice(at, end)]), headers)).received;
}
