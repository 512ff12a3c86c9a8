// What is chosen: one request, the same on the timeline, in the lists, in the tray and on the map.

import { board, standing, still, word } from "./page.js";

let chosen = "";

export const chosenRequest = () => chosen;

/** Choose a request (empty for none); `from` says where: grid, list, tray or map, which is not scrolled then. */
export function choose(request, from = "") {
  if (request === chosen) return;
  chosen = request;
  show(from);
}

export function start() {
  board().addEventListener("board:refreshed", () => {
    if (chosen && !standing(chosen).length) chosen = "";
    show("grid");
  });
  board().addEventListener("focusin", (event) => {
    const at = event.target.closest(".block, .card-missed");
    if (at) choose(at.dataset.request, at.matches(".block") ? "grid" : "tray");
  });
  board().addEventListener("click", (event) => {
    const at = event.target.closest(".stop[data-request], .card-missed");
    if (at && !event.target.closest("button, a, summary")) choose(at.dataset.request, "list");
  });
  board().addEventListener("pointerover", (event) => hover(event.target.closest("[data-request]")?.dataset.request ?? ""));
}

function hover(request) {
  board().dispatchEvent(new CustomEvent("board:hovered", { detail: request }));
}

function show(from) {
  for (const block of board().querySelectorAll('.block[aria-selected="true"]')) block.setAttribute("aria-selected", "false");
  for (const lit of board().querySelectorAll(".stop.lit, .chosen-now")) lit.classList.remove("lit", "chosen-now");
  const found = chosen ? standing(chosen) : [];
  for (const element of found) {
    if (element.matches(".block")) element.setAttribute("aria-selected", "true");
    if (element.matches(".stop")) element.classList.add("lit");
    if (element.matches(".card-missed")) element.classList.add("chosen-now");
  }
  tell(found.find((element) => element.matches(".block")) ?? found[0]);
  if (from === "map") bring(found.find((element) => element.matches(".block, .card-missed")));
  board().dispatchEvent(new CustomEvent("board:chosen", { detail: { request: chosen, from } }));
}

function bring(element) {
  element?.scrollIntoView({ block: "nearest", inline: "center", behavior: still() ? "auto" : "smooth" });
}

function tell(element) {
  const strip = document.getElementById("chosen");
  strip.classList.toggle("empty", !element);
  strip.dataset.request = element?.dataset.request ?? "";
  strip.querySelector("p").textContent = element ? element.dataset.says ?? element.getAttribute("aria-label") : word("choose");
  const locks = (element?.dataset.locks ?? "").split(" ");
  const planned = element?.matches(".block, .stop") ?? false;
  for (const button of strip.querySelectorAll("[data-kind]")) {
    const held = locks.includes(button.dataset.kind);
    button.setAttribute("aria-pressed", String(held));
    button.querySelector("span").textContent = word(`${held ? "unlock" : "lock"}-${button.dataset.kind}`);
    button.hidden = !planned && button.dataset.kind === "time";
  }
  for (const button of strip.querySelectorAll("[data-planned]")) button.hidden = !planned;
}
