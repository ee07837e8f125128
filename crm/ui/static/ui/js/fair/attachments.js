// Photos and memos of a slip: sealed on the device until they are transferred.

import { open } from "./session.js";
import { erase, rowOf, write } from "./shelf.js";
import { openBytes, sealBytes } from "./vault.js";

const hex = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Adds a photo or memo; the same one twice stays one.
export async function addFile(slip, blob, kind, name) {
  const { key, profile } = open;
  const content = await blob.arrayBuffer();
  const sha256 = hex(await crypto.subtle.digest("SHA-256", content));
  if (slip.files.some((file) => file.sha256 === sha256)) return;
  const id = crypto.randomUUID();
  const sealed = await sealBytes(key, content, id);
  await write("files", { id, record: slip.id, profile, sealed });
  slip.files.push({ id, sha256, size: blob.size, kind, name, type: blob.type, done: false });
}

export async function bytesOf(file) {
  const row = await rowOf("files", file.id);
  return openBytes(open.key, row.sealed, file.id);
}

export const eraseBytes = (file) => erase("files", file.id);
