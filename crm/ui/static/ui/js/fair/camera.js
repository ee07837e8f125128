// The live camera: reads a code by itself, or keeps a photo. Off as soon as it is closed.

import { part } from "./dom.js";
import { codeIn } from "./reader.js";
import { say } from "./words.js";

const EVERY = 150;
let stream;

export const isThere = () => Boolean(navigator.mediaDevices?.getUserMedia);

function off() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
}

// Opens the camera; resolves to ``{code}``, ``{photo}`` or ``{}`` if it was closed. Rejects with
// the sentence to say if there is no camera to be had.
export async function look() {
  const dialog = part("camera");
  const video = part("video");
  try {
    const how = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: how, audio: false });
  } catch (error) {
    const code = error.name === "NotAllowedError" ? "camera_denied" : "camera_none";
    throw new Error(say(code));
  }
  dialog.showModal();
  video.srcObject = stream;
  await video.play();
  return new Promise((found) => {
    dialog.onclose = () => {
      off();
      found({});
    };
    const end = (result) => {
      found(result);
      dialog.close();
    };
    part("camera-close").onclick = () => dialog.close();
    part("shutter").onclick = async () => end({ photo: await still(video) });
    watch(video, (code) => end({ code }));
  });
}

async function watch(video, found) {
  while (stream) {
    const code = video.videoWidth ? await codeIn(video) : null;
    if (code && stream) return found(code);
    await new Promise((later) => setTimeout(later, EVERY));
  }
}

function still(video) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}
