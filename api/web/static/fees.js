// The worked cases are priced again while the list is written; without this the button does it.
import { calmly, part } from "./send.js";

const form = document.getElementById("editor");
const trial = document.getElementById("trial");
const path = document.getElementById("try").formAction;

const again = calmly(400, async () => {
  const told = await part(form, path, "trial");
  if (told === undefined) return;
  const anyway = trial.querySelector("input[name=anyway]")?.checked;
  trial.innerHTML = told;
  document.getElementById("summary")?.remove();
  const box = trial.querySelector("input[name=anyway]");
  if (box && anyway) box.checked = true;
});

form.addEventListener("input", again);
