// Publishing a day, and the links that its drivers open.

import { api, page, word } from "./page.js";
import { refresh } from "./refresh.js";
import { change, fragment } from "./server.js";
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

const dialog = () => document.getElementById("link-dialog");

/** Show what there is of a round's link: nothing is made before it is asked for, since that ends the one before. */
export async function link(button) {
  try {
    await known(button.dataset.subject);
    dialog().querySelector("[data-fresh]").hidden = true;
    dialog().showModal();
  } catch (error) {
    await settled(error);
  }
}

/** Make the link of a round and show its address, once. */
export async function makeLink(button) {
  await changed(button, async (shift) => {
    const { address } = await change("POST", api(`/links/${encodeURIComponent(shift)}`));
    const field = dialog().querySelector("input");
    field.value = address;
    dialog().querySelector("[data-open]").href = address;
    dialog().querySelector("[data-fresh]").hidden = false;
    field.select();
  });
}

export async function revokeLink(button) {
  await changed(button, async (shift) => {
    await change("DELETE", api(`/links/${encodeURIComponent(shift)}`));
    dialog().querySelector("[data-fresh]").hidden = true;
    toast(word("link-is-revoked"));
  });
}

async function changed(button, act) {
  button.disabled = true;
  try {
    await act(button.dataset.subject);
    await known(button.dataset.subject);
    await refresh();
  } catch (error) {
    dialog().close();
    await settled(error);
  }
}

async function known(shift) {
  const told = await fragment(page(`/links/${encodeURIComponent(shift)}`));
  dialog().querySelector("[data-known]").replaceChildren(...told.body.childNodes);
}

export async function copy() {
  const field = dialog().querySelector("input");
  field.select();
  await navigator.clipboard?.writeText(field.value).catch(() => {});
  toast(word("copied"));
}
