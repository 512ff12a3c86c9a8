// The planner at work: start it, watch it, stop it; what it offers is a scenario that one accepts or throws away.

import { api, board, word } from "./page.js";
import { undo } from "./moving.js";
import { change } from "./server.js";
import { refresh } from "./refresh.js";
import { settled } from "./settled.js";
import { announce, toast } from "./toast.js";

let events = null;

export function start() {
  const form = document.querySelector("#plan-dialog form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.closest("dialog").close();
    plan(new FormData(form));
  });
  board().addEventListener("board:refreshed", watch);
  watch();
}

async function plan(data) {
  const asked = { seconds: Number(data.get("seconds")) };
  await done(() => change("POST", api("/plans"), asked));
  announce(word("planning"));
}

export const acts = {
  adopt: () => done(() => change("POST", api("/adopt")), word("applied")),
  "stop-job": (button) => done(() => change("POST", `/api/v1/jobs/${button.dataset.job}/cancel`)),
  "accept-all": (button) => accept(button, { all: true }),
  "accept-some": (button) => accept(button, { groups: ticked() }),
  "drop-scenario": (button) => done(() => change("POST", `/api/v1/scenarios/${button.dataset.scenario}/drop`), word("dropped")),
};

async function accept(button, body) {
  if (body.groups && !body.groups.length) return toast(word("none-ticked"), { bad: true });
  await done(() => change("POST", `/api/v1/scenarios/${button.dataset.scenario}/accept`, body), word("accepted"), true);
}

const ticked = () => [...board().querySelectorAll('.groups input:checked')].map((box) => box.value);

async function done(act, said = "", inside = false) {
  try {
    const answer = await act();
    await settled();
    if (said) toast(said, { more: answer.moved?.warnings ?? [], undo: answer.moved ? undo : null, inside });
  } catch (error) {
    await settled(error);
  }
}

function watch() {
  const panel = board().querySelector("[data-running]");
  if (events && (!panel || events.job !== panel.dataset.running)) {
    events.close();
    events = null;
  }
  if (!panel || events) return;
  events = new EventSource(`/api/v1/jobs/${panel.dataset.running}/events`);
  events.job = panel.dataset.running;
  events.addEventListener("progress", (event) => told(JSON.parse(event.data)));
  events.addEventListener("end", (event) => ended(JSON.parse(event.data)));
}

function told(news) {
  const lang = document.documentElement.lang;
  for (const shown of board().querySelectorAll("[data-tells]")) {
    const value = news[shown.dataset.tells];
    if (typeof value === "number") shown.textContent = Math.round(value).toLocaleString(lang);
  }
}

async function ended(news) {
  events?.close();
  events = null;
  await refresh();
  const over = news.state === "done" || news.state === "stopped";
  toast(word(over && !news.scenario ? "offer-same" : `job-${news.state}`), { bad: !over });
}
