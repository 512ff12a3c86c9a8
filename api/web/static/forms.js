// After a refused form the summary of its faults is read first, and a form is not left by mistake with changes in it.
document.getElementById("summary")?.focus();

const form = document.querySelector("form.card");
let changed = false;
form?.addEventListener("input", () => (changed = true));
form?.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
