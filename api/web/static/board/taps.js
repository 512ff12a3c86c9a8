// What drivers tap shows up by itself: asks now and then whether there is news, and whether one of them is late by now.

import { api, board } from "./page.js";
import { refresh } from "./refresh.js";

const EVERY = 30_000;
const NOT_MODIFIED = 304;

let due = Infinity;

export function start() {
  expect();
  board().addEventListener("board:refreshed", expect);
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);
}

function expect() {
  const { dueIn } = board().dataset;
  due = dueIn ? performance.now() + 1000 * Number(dueIn) : Infinity;
}

async function look() {
  if (!board().dataset.taps || document.hidden || busy()) return;
  try {
    if ((performance.now() >= due || (await news())) && !busy()) await refresh();
  } catch {
    // no reception: the next look will tell
  }
}

/** Tell whether anything was tapped, opened or published since the page was made. */
async function news() {
  const answer = await fetch(api("/status"), { headers: { "If-None-Match": board().dataset.taps }, cache: "no-store" });
  return answer.ok && answer.status !== NOT_MODIFIED;
}

/** Tell whether somebody is in the middle of something that a fresh page would take out of her hands. */
const busy = () => document.querySelector("dialog[open], .menu-pop:popover-open, .flying") !== null;
