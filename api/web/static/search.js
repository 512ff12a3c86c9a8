// Lists answer while somebody types; without this the button does.
import { calmly, part } from "./send.js";

for (const form of document.querySelectorAll("form.search[data-into]")) {
  const into = document.getElementById(form.dataset.into);
  const ask = calmly(250, async () => {
    const found = await part(form, form.action, "partial");
    if (found !== undefined) into.innerHTML = found;
  });
  form.addEventListener("input", ask);
}
