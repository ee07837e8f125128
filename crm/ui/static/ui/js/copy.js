// <button data-copy="id" data-copied="Kopiert"> copies the value of that field and says so.

async function copied(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy"); // without https there is no clipboard object
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const field = button && document.getElementById(button.dataset.copy);
  if (!field || !(await copied(field))) return;
  button.lastChild.textContent = button.dataset.copied;
  document.dispatchEvent(new CustomEvent("announce", { detail: button.dataset.copied }));
});
