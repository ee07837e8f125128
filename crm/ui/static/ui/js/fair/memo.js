// A voice memo: recorded, kept as a file, never sent to anybody for recognition.

const LONGEST = 120_000;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
let recorder;
let finished = Promise.resolve();

export const isThere = () => Boolean(navigator.mediaDevices && globalThis.MediaRecorder);
export const isOn = () => recorder?.state === "recording";

// Resolves once the recording is kept.
export function stop() {
  if (isOn()) recorder.stop();
  return finished;
}

// Starts; ``done`` gets the recording, at the latest after two minutes.
export async function start(done) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  const pieces = [];
  const limit = setTimeout(stop, LONGEST);
  recorder.ondataavailable = (event) => pieces.push(event.data);
  finished = new Promise((kept) => {
    recorder.onstop = async () => {
      clearTimeout(limit);
      for (const track of stream.getTracks()) track.stop();
      await done(new Blob(pieces, { type: recorder.mimeType.split(";")[0] }));
      kept();
    };
  });
  recorder.start();
}

export const endingOf = (type) => ({ "audio/mp4": "m4a", "audio/ogg": "ogg" })[type] ?? "webm";
