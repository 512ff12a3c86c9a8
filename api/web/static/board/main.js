// Wakes the board up. The page is whole without it; each module adds one way of working.

import { board } from "./page.js";
import * as dragging from "./dragging.js";
import * as helping from "./helping.js";
import * as grid from "./grid.js";
import * as locks from "./locks.js";
import * as map from "./map.js";
import * as menus from "./menus.js";
import * as moving from "./moving.js";
import * as now from "./now.js";
import * as planning from "./planning.js";
import * as publishing from "./publishing.js";
import * as selection from "./selection.js";
import * as settled from "./settled.js";
import * as taps from "./taps.js";

const requestOf = (button) => button.closest("[data-request]")?.dataset.request ?? "";
const shiftOf = (request) => board().querySelector(`.block[data-request="${CSS.escape(request)}"]`)?.dataset.shift ?? "";

const ACTS = {
  move: (button) => moving.open(requestOf(button), button.closest("[data-shift]")?.dataset.shift ?? shiftOf(requestOf(button))),
  "take-off": (button) => moving.move({ request: requestOf(button), shift: null }),
  undo: () => moving.undo(),
  lock: (button) => locks.toggle(button),
  plan: () => document.getElementById("plan-dialog").showModal(),
  "open-publish": () => document.getElementById("publish-dialog").showModal(),
  publish: () => publishing.publish(),
  link: (button) => publishing.link(button),
  "make-link": (button) => publishing.makeLink(button),
  "revoke-link": (button) => publishing.revokeLink(button),
  copy: () => publishing.copy(),
  "to-list": (button) => toList(requestOf(button)),
  help: (button) => helping.open(requestOf(button)),
  remedy: (button) => helping.apply(button),
  ...planning.acts,
};

function toList(request) {
  const entry = board().querySelector(`.stop[data-request="${CSS.escape(request)}"]`);
  if (!entry) return;
  entry.closest("details").open = true;
  entry.scrollIntoView({ block: "center" });
  entry.querySelector("button")?.focus();
}

document.documentElement.classList.add("scripted");
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button && !button.disabled) ACTS[button.dataset.act]?.(button);
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-goes]") && event.target.value) location.assign(`/board/${event.target.value}`);
});
for (const module of [selection, settled, moving, dragging, planning, menus, now, taps]) module.start();
grid.start({ move: ACTS.move });
map.start();
