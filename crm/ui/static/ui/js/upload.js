// A form with one file: sends it as soon as one is chosen or dropped, and shows how far it is.
// Without script the button sends it.

const formOf = (element) => element.closest?.("form[data-upload]");

document.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.files.length)
    formOf(event.target)?.requestSubmit();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = formOf(event.target)?.querySelector("progress");
  if (!bar || !event.detail.total) return;
  bar.hidden = false;
  bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
});

for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const zone = event.target.closest?.(".dropzone");
    zone?.classList.toggle("is-over", type === "dragenter" || type === "dragover");
  });
}
