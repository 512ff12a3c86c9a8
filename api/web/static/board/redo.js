// Doing again what was undone last.

import { api } from "./page.js";
import { change } from "./server.js";
import { settled } from "./settled.js";
import { toast } from "./toast.js";

async function redo(button) {
  try {
    await change("POST", api("/redo"));
    await settled();
    toast(button.dataset.done);
  } catch (error) {
    await settled(error);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-redoes]");
  if (button && !button.disabled) redo(button);
});
