// The week with scripts: the same forms, sent aside; parts of the page that differ are exchanged, the rest stays.

import { start as startDragging } from "./dragging.js";
import { start as startArrows } from "./arrows.js";
import { exchange, send, week } from "./parts.js";

document.documentElement.classList.add("scripted");
const dialog = document.getElementById("visit-dialog");
let events = null;
document.querySelector("th.is-today")?.scrollIntoView({ inline: "center", block: "nearest" });

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-quiet]")) return;
  event.preventDefault();
  const button = event.submitter;
  const path = button?.getAttribute("formaction") ?? form.action;
  const data = new URLSearchParams(new FormData(form, button));
  const here = await send(path, data, { inside: dialog.open ? dialog : null });
  if (here && dialog.open) dialog.close();
  after();
});

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-closes]")) return dialog.close();
  const chip = event.target.closest("a.chip");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await open(chip);
});

/** Show where a visit could be in a dialog; focus comes back to it afterwards. */
async function open(chip) {
  const answer = await fetch(chip.href, { headers: { Accept: "text/html" } });
  const inside = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("visit-inside");
  if (!inside) return location.assign(chip.href);
  for (const form of inside.querySelectorAll("form")) form.action = `${form.getAttribute("action")}?view=${week().dataset.view}`;
  dialog.dataset.from = chip.id;
  dialog.querySelector(".inside").replaceChildren(document.adoptNode(inside));
  dialog.showModal();
  (dialog.querySelector("#move-day") ?? dialog.querySelector("#lock-visit") ?? dialog.querySelector("[data-closes]")).focus();
}

dialog.addEventListener("close", () => {
  const visit = dialog.dataset.from;
  (document.getElementById(visit) ?? document.querySelector("a.chip"))?.focus();
});

/** Follow the run of the week, if there is one. */
function after() {
  startArrows();
  const running = document.querySelector("[data-running]")?.dataset.running;
  if (events && events.job !== running) {
    events.close();
    events = null;
  }
  if (!running || events) return;
  events = new EventSource(`/api/v1/jobs/${running}/events`);
  events.job = running;
  events.addEventListener("progress", (event) => {
    const bar = document.getElementById("work-share");
    if (bar) bar.value = JSON.parse(event.data).share ?? 0;
  });
  events.addEventListener("end", async () => {
    events?.close();
    events = null;
    await exchange(`/weeks/${week().dataset.week}?view=${week().dataset.view}`);
    after();
    document.getElementById("offer-title")?.scrollIntoView({ block: "nearest" });
  });
}

startDragging(after);
after();
