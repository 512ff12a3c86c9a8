// The timeline by keyboard: one place to tab to, arrows walk from stop to stop, Enter or M moves the work.

import { board } from "./page.js";
import { choose } from "./selection.js";

const grid = () => board().querySelector('[role="grid"]');

export function start(acts) {
  board().addEventListener("keydown", (event) => {
    const block = event.target.closest?.(".block");
    if (!block || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = towards(event.key, block);
    if (next) {
      event.preventDefault();
      enter(next);
    } else if (["Enter", "m", "M"].includes(event.key)) {
      event.preventDefault();
      acts.move(block);
    } else if (event.key === "Escape") {
      choose("");
    }
  });
  board().addEventListener("focusin", (event) => {
    if (event.target.matches(".block")) rove(event.target);
  });
  board().addEventListener("board:refreshed", () => rove(grid()?.querySelector('[aria-selected="true"]')));
}

function towards(key, block) {
  const row = block.closest('[role="row"]');
  const cells = [...row.querySelectorAll(".block")];
  const at = cells.indexOf(block);
  const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: cells.length - 1 };
  if (key in moves) return cells[moves[key]];
  if (key === "ArrowDown" || key === "ArrowUp") return above(row, block, key === "ArrowUp" ? -1 : 1);
  return null;
}

function above(row, block, step) {
  const rows = [...grid().querySelectorAll('[role="row"]')].filter((other) => other === row || other.querySelector(".block"));
  const other = rows[rows.indexOf(row) + step];
  const begin = minute(block);
  const near = (one, two) => Math.abs(minute(one) - begin) - Math.abs(minute(two) - begin);
  return other ? [...other.querySelectorAll(".block")].sort(near)[0] : null;
}

const minute = (block) => Number(block.dataset.h) * 60 + Number(block.dataset.m);

function enter(block) {
  rove(block);
  block.focus();
}

function rove(block) {
  if (!block) return;
  for (const other of grid().querySelectorAll('.block[tabindex="0"]')) other.tabIndex = -1;
  block.tabIndex = 0;
}
