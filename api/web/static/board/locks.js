// Locks: what planning must leave alone. A button says what it locks, and whether it is locked.

import { api, word } from "./page.js";
import { change } from "./server.js";
import { settled } from "./settled.js";
import { toast } from "./toast.js";

/** Lock or unlock what a button stands for: its kind, and its own subject or the chosen request. */
export async function toggle(button) {
  const subject = button.dataset.subject ?? button.closest("[data-request]")?.dataset.request;
  if (!subject) return;
  const held = button.getAttribute("aria-pressed") === "true";
  const path = api(`/locks/${button.dataset.kind}/${encodeURIComponent(subject)}`);
  try {
    await change(held ? "DELETE" : "PUT", path);
    await settled();
    toast(word(held ? "unlocked" : "locked"));
  } catch (error) {
    await settled(error);
  }
}
