// Publishing a day, and the links that its drivers open.

import { api, word } from "./page.js";
import { change } from "./server.js";
import { settled } from "./settled.js";
import { toast } from "./toast.js";

export async function publish() {
  document.getElementById("publish-dialog").close();
  try {
    await change("POST", api("/publish"));
    await settled();
    toast(word("published"));
  } catch (error) {
    await settled(error);
  }
}

/** Make the link of one round and show it, once. */
export async function link(button) {
  try {
    const answer = await change("POST", api(`/links/${encodeURIComponent(button.dataset.subject)}`));
    const address = new URL(answer.url ?? answer.address ?? answer.path, location.href).href;
    const box = document.getElementById("link-dialog");
    const field = box.querySelector("input");
    field.value = address;
    box.querySelector("[data-open]").href = address;
    box.showModal();
    field.select();
  } catch (error) {
    await settled(error);
  }
}

export async function copy() {
  const field = document.querySelector("#link-dialog input");
  field.select();
  await navigator.clipboard?.writeText(field.value).catch(() => {});
  toast(word("copied"));
}
