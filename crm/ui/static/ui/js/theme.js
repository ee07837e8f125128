// Theme and density act as soon as they are chosen; the small form in the menu sends itself.

const ATTRIBUTES = { theme: "theme", density: "density" };

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-theme-form]");
  const attribute = form && ATTRIBUTES[event.target.name];
  if (!attribute) return;
  document.documentElement.dataset[attribute] = event.target.value;
  document
    .querySelectorAll(`form[data-theme-form] [name="${event.target.name}"]`)
    .forEach((input) => {
      input.checked = input.value === event.target.value;
    });
  if (form.dataset.themeForm === "send") {
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  }
});
