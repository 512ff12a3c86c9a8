// A line where the clock stands, on the day that is today.

import { board } from "./page.js";

const MINUTE = 60_000;

export function start() {
  draw();
  setInterval(draw, MINUTE);
  board().addEventListener("board:refreshed", draw);
}

function draw() {
  for (const old of board().querySelectorAll(".now")) old.remove();
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Tallinn", dateStyle: "short", timeStyle: "short" }).format(new Date());
  const [day, time] = parts.split(" ");
  const [h, m] = time.split(":").map(Number);
  const { from, hours } = board().dataset;
  if (day !== board().dataset.day || h < Number(from) || h >= Number(from) + Number(hours)) return;
  for (const track of board().querySelectorAll(".track")) {
    const line = document.createElement("i");
    line.className = "now";
    line.dataset.h = h;
    line.dataset.m = m;
    track.append(line);
  }
}
