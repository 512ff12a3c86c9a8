// Dragging a visit onto another day, or another worker's day. The dialog of each visit does the same without a mouse.

import { send, week } from "./parts.js";

export function start(after) {
  let dragged = null;

  document.addEventListener("dragstart", (event) => {
    const chip = event.target.closest?.("a.chip[draggable=true]");
    if (!chip) return;
    dragged = chip;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", chip.dataset.visit);
  });

  document.addEventListener("dragover", (event) => {
    const cell = goal(event);
    if (!cell) return;
    event.preventDefault();
    for (const other of document.querySelectorAll("td.over")) if (other !== cell) other.classList.remove("over");
    cell.classList.add("over");
  });

  document.addEventListener("drop", async (event) => {
    const cell = goal(event);
    if (!cell) return;
    event.preventDefault();
    const chip = dragged;
    ended();
    await send(`/weeks/${week().dataset.week}/move?view=${week().dataset.view}`, wish(chip, cell));
    after();
  });

  document.addEventListener("dragend", ended);

  function ended() {
    dragged = null;
    for (const cell of document.querySelectorAll("td.over")) cell.classList.remove("over");
  }

  /** Return the cell that a visit may be dropped on: of its own client, or any worker's day. */
  function goal(event) {
    const cell = dragged && event.target.closest?.("#week-table td[data-day]");
    if (!cell) return null;
    const ownRow = cell.closest("tr") === dragged.closest("tr");
    return cell.dataset.worker || ownRow ? cell : null;
  }
}

/** Return the form that puts a visit where it was dropped: in a worker's row she takes the place of who had it. */
function wish(chip, cell) {
  const { visit, day, workers } = chip.dataset;
  const data = new URLSearchParams({ visit, seen: day, day: cell.dataset.day });
  const from = chip.closest("td").dataset.worker;
  const to = cell.dataset.worker;
  const own = workers.split(" ").filter(Boolean);
  for (const worker of to ? [...own.filter((one) => one !== from && one !== to), to] : own) data.append("worker", worker);
  data.append("csrf", document.querySelector('input[name="csrf"]').value);
  return data;
}
