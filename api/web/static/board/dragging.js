// Moving work by dragging, with mouse, pen or finger: every row shows its price, a line where it would land.

import { board } from "./page.js";
import { isCrew, move, offers } from "./moving.js";
import { choose } from "./selection.js";
import { announce } from "./toast.js";

const FAR = 6; // pixels before a press becomes a drag
const HOLD = 350; // milliseconds a finger rests before it drags instead of scrolling
const STEP = 5; // minutes to which a time is rounded

let drag = null;

export function start() {
  board().addEventListener("pointerdown", press);
  addEventListener("pointermove", follow);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", stop);
  addEventListener("keydown", (event) => event.key === "Escape" && drag?.flying && (event.preventDefault(), stop()), true);
  board().addEventListener("touchmove", (event) => drag?.flying && event.preventDefault(), { passive: false });
  board().addEventListener("contextmenu", (event) => drag?.touch && event.preventDefault());
}

function press(event) {
  if (board().hasAttribute("aria-busy")) return; // the answer to the last move would take what is lifted away
  const what = event.target.closest(".takes");
  if (!what || event.button !== 0 || (event.target.closest("button, a, summary") && event.target !== what)) return;
  const touch = event.pointerType === "touch";
  drag = { what, request: what.dataset.request, from: what.dataset.shift ?? "", x: event.clientX, y: event.clientY, touch };
  drag.grip = event.clientX - what.getBoundingClientRect().left;
  if (touch) drag.timer = setTimeout(() => lift(event.clientX, event.clientY), HOLD);
}

function follow(event) {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR;
  if (!drag.flying) {
    if (!far) return;
    if (drag.touch) return stop();
    lift(event.clientX, event.clientY);
  }
  place(event.clientX, event.clientY);
}

function lift(x, y) {
  choose(drag.request, "grid");
  drag.flying = document.createElement("div");
  drag.flying.className = "flying";
  drag.flying.append(drag.what.dataset.name, document.createElement("small"));
  document.body.append(drag.flying);
  drag.what.classList.add("lifted");
  board().classList.add("dragging");
  document.body.classList.add("grabbing");
  place(x, y);
  price(drag);
}

/** Ask once what every round would take, and show it in the rows. */
async function price(mine) {
  const found = await offers(mine.request, mine.from).catch(() => null);
  if (!found || drag !== mine) return;
  for (const offer of found.querySelectorAll("template[data-offer]")) {
    const row = rowOf(offer.dataset.offer);
    const shown = row?.querySelector(".offer");
    if (!shown) continue;
    shown.className = `offer ${offer.dataset.look}`;
    shown.replaceChildren(offer.content.cloneNode(true));
    row.classList.toggle("barred", offer.dataset.look === "no");
    if (offer.dataset.h) land(row, offer.dataset.h, offer.dataset.m);
  }
  tell();
}

function land(row, h, m) {
  const mark = document.createElement("i");
  mark.className = "landing";
  mark.dataset.h = h;
  mark.dataset.m = m;
  row.querySelector(".track").append(mark);
}

function place(x, y) {
  drag.flying.style.transform = `translate(${x + 14}px, ${y + 10}px)`;
  const under = document.elementFromPoint(x, y);
  const over = under?.closest('.row, [data-drop="off"]');
  if (over === drag.over) return;
  drag.over?.classList.remove("over");
  drag.over = over;
  over?.classList.add("over");
  tell();
}

/** Say beside the pointer, in full, what the row below it would take. */
function tell() {
  const offer = drag.over?.querySelector(".offer");
  drag.flying.querySelector("small").textContent = offer ? offer.innerText.trim() : "";
}

async function drop(event) {
  if (!drag) return;
  const { flying, over, request, from, grip } = drag;
  const own = over?.matches(".row") && over.dataset.shift === from;
  const body = flying && over ? { request, shift: over.matches(".row") ? over.dataset.shift : null } : null;
  if (own) body.begin = minuteAt(over, event.clientX - grip) * 60;
  if (body?.shift && from && !own && isCrew(request)) body.instead_of = from;
  stop();
  if (flying) addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, true));
  if (!body || (body.shift === null && !from)) return;
  board().setAttribute("aria-busy", "true");
  await move(body);
  board().removeAttribute("aria-busy");
}

const swallow = (event) => event.stopPropagation();

function minuteAt(row, x) {
  const track = row.querySelector(".track").getBoundingClientRect();
  const { from, hours } = board().dataset;
  const minutes = Number(from) * 60 + ((x - track.left) / track.width) * Number(hours) * 60;
  return Math.max(0, Math.round(minutes / STEP) * STEP);
}

function stop() {
  if (!drag) return;
  clearTimeout(drag.timer);
  drag.flying?.remove();
  drag.what.classList.remove("lifted");
  drag.over?.classList.remove("over");
  board().classList.remove("dragging");
  document.body.classList.remove("grabbing");
  for (const mark of board().querySelectorAll(".landing")) mark.remove();
  for (const row of board().querySelectorAll(".row.barred")) row.classList.remove("barred");
  for (const shown of board().querySelectorAll(".offer")) shown.replaceChildren();
  drag = null;
  announce("");
}

const rowOf = (shift) => board().querySelector(`.row[data-shift="${CSS.escape(shift)}"]`);
