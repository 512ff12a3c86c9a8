// Makes the page work without reception: taps are kept on the phone, shown at once, and sent when that works.
const queue = await import(document.querySelector("link[rel=modulepreload]").href);

const main = document.querySelector("#round");
const byId = (id) => document.getElementById(id);
const here = new URL(".", location.href).href;
const { round, version } = main?.dataset ?? {};
const token = document.querySelector("#f [name=csrf]")?.value ?? "";
const words = main ? JSON.parse(main.dataset.words) : {};
const stops = new Map([...document.querySelectorAll(".stop")].map((item) => [item.dataset.stop, item]));
const order = [...document.querySelectorAll("li[data-n]")].sort((one, other) => one.dataset.n - other.dataset.n);
const POLL_MS = 60_000;
const RETRY_MS = 15_000;
const RELOADED = "reloaded for";
const SETTLING_MS = 500;
let linkOver = false;
let refused = false;
let told = "";
let settling = 0;

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Tallinn" });
const tapsOf = (item) => JSON.parse(item.dataset.taps || "[]");
const isOver = (item) => ["done", "not_home"].includes(item.dataset.state);

function apply({ stop, kind, at, note }) {
  const item = stops.get(stop);
  if (kind === "confirmed" && stop === version) byId("changes")?.remove();
  if (!item) return;
  const moments = tapsOf(item);
  if (kind === "undone") moments.pop();
  else if (kind === "problem" || moments.at(-1)?.[0] !== kind) moments.push([kind, clock.format(new Date(at)), note]);
  if (moments.length) item.dataset.taps = JSON.stringify(moments);
  else delete item.dataset.taps;
  item.dataset.state = moments.findLast(([name]) => name !== "problem")?.[0] ?? "planned";
  item.querySelector(".said").textContent = moments.map(said).join(" · ");
}

const said = ([kind, time, note]) => `${words[kind.replace("_", "-")]} ${time}${note ? `: ${note}` : ""}`;

/** Put the first stop that is not over on top, behind a break or a boat that comes before it, as the server does. */
function arrange() {
  let turn = order.findIndex((item) => item.dataset.stop && !isOver(item));
  byId("all-done").hidden = turn !== -1 || !stops.size;
  if (turn === -1) turn = order.length - 1;
  let first = turn;
  while (first > 0 && !order[first - 1].dataset.stop) first -= 1;
  order.forEach((item, index) => {
    const list = index < first || (index > turn && item.dataset.stop && isOver(item)) ? "past" : index <= turn ? "next" : "later";
    if (item.parentElement.id === list) return;
    const details = item.querySelector("details");
    if (details) details.open = list === "next";
  });
  for (const [list, wanted] of Object.entries(listed(first, turn))) byId(list).replaceChildren(...wanted);
  byId("count").querySelector("b").textContent = [...stops.values()].filter(isOver).length;
}

function listed(first, turn) {
  const later = order.slice(turn + 1);
  const ended = (item) => item.dataset.stop && isOver(item);
  return {
    next: order.slice(first, turn + 1),
    later: later.filter((item) => !ended(item)),
    past: [...order.slice(0, first), ...later.filter(ended)],
  };
}

async function showState(outcome = "") {
  const waiting = (await queue.taps()).filter((tap) => tap.round === round && !tap.received).length;
  if (outcome === "over" && !linkOver) {
    linkOver = true;
    self.caches?.delete(`round ${here}`);
  }
  const parts = [];
  if (linkOver) parts.push(words["link-over"]);
  else if (!navigator.onLine || outcome === "offline") parts.push(words.offline);
  if (waiting) parts.push(words.waiting.replace("{n}", waiting));
  if (waiting) told = "waiting";
  else if (told) told = "sent";
  const fine = !parts.length && told === "sent";
  say(fine ? words.sent : parts.join(" "), fine);
}

function say(text, fine = false) {
  const bar = byId("bar");
  if (bar.textContent !== text && !bar.querySelector("button")) bar.textContent = text;
  bar.classList.toggle("fine", fine);
}

async function sendNow() {
  if (refused) return;
  const outcome = await queue.send(round, `${here}taps`, token);
  refused = outcome === "over"; // a link that is over takes what was tapped in time for some days yet
  await showState(outcome);
}

async function tap(kind, stop, note) {
  const made = { id: uuid(), stop, kind, at: new Date().toISOString(), note, version, round, url: `${here}taps`, received: "" };
  await queue.add(made);
  apply(made);
  arrange();
  follow(made);
  await showState();
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.sync?.register("taps").catch(() => undefined);
  await sendNow();
}

/** Say what was tapped, offer to take it back, and go on where the hand would. */
function follow({ kind, stop }) {
  const just = byId("just");
  const item = stops.get(stop);
  just.hidden = !item;
  if (item) {
    const name = item.querySelector(".who").textContent;
    just.firstElementChild.textContent = kind === "undone" ? `${name}: ${words.undone}` : `${name}: ${said(tapsOf(item).at(-1))}`;
    const undo = just.querySelector("button");
    [undo.name, undo.value, undo.hidden] = ["undone", stop, !item.dataset.taps];
  }
  const upcoming = document.querySelector("#next .stop > details");
  if (upcoming) upcoming.open = true;
  const target = kind === "arrived" && item === upcoming?.parentElement ? item.querySelector(".done") : upcoming?.firstElementChild;
  (target ?? main).focus({ preventScroll: true });
  if (["done", "not_home", "undone"].includes(kind)) byId("now").scrollIntoView({ block: "nearest" });
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const field = submitter?.closest(".trouble")?.querySelector("textarea");
  if (!main || form.getAttribute("action") !== "tap" || !submitter) return;
  event.preventDefault();
  settle();
  const { name, value } = submitter;
  tap(name, value, field?.value.trim() ?? "").then(
    () => {
      if (!field) return;
      field.value = "";
      field.closest("details").open = false;
    },
    () => sendPlainly(form, name, value),
  );
});

/** Take no taps on the card on top until the eye has caught up: a thumb that hits twice meets another button there. */
function settle() {
  const list = byId("next");
  list.classList.add("settling");
  clearTimeout(settling);
  settling = setTimeout(() => list.classList.remove("settling"), SETTLING_MS);
}

/** Send the form as if there were no script, where this browser keeps nothing. */
function sendPlainly(form, name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
  HTMLFormElement.prototype.submit.call(form);
}

/** Ask whether the plan has changed; nobody's note is thrown away for it. */
async function poll() {
  if (document.hidden || linkOver) return;
  const answer = await fetch(`${here}state`, { headers: { "If-None-Match": `"${version}"` } }).catch(() => null);
  if (answer?.status === 404) return showState("over");
  if (token && answer?.status === 401) return location.reload(); // the session has ended: sign in again
  if (answer?.status !== 200) return;
  const published = (await answer.json()).version;
  if (published === version) return;
  const writing = [...document.querySelectorAll("textarea")].some((field) => field.value);
  if (!writing && sessionStorage.getItem(RELOADED) !== published) {
    sessionStorage.setItem(RELOADED, published); // once: the network may be too slow for the new page
    return location.reload();
  }
  const button = Object.assign(document.createElement("button"), { textContent: words.changed, type: "button" });
  button.addEventListener("click", () => location.reload());
  byId("bar").replaceChildren(button);
}

/** Forget what is kept of links that are over. */
async function tidy() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (registration.scope === here || !new URL(registration.scope).pathname.startsWith("/r/")) continue;
    const kept = await (await caches.open(`round ${registration.scope}`)).match(registration.scope);
    if (kept && Number(kept.headers.get("X-Kept-Until")) > Date.now()) continue;
    await caches.delete(`round ${registration.scope}`);
    await registration.unregister();
  }
}

async function keepPage() {
  if (!navigator.serviceWorker || token) return; // what a session opens does not stay on the phone
  await navigator.serviceWorker.register("worker.js", { type: "module", updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  byId("kept").textContent = words.kept;
  await tidy();
}

async function start() {
  const rendered = Date.parse(main.dataset.rendered);
  for (const made of await queue.taps()) {
    if (made.round === round && (!made.received || Date.parse(made.received) > rendered)) apply(made);
  }
  if (order.length) arrange();
  await sendNow();
  await poll();
}

if (main) {
  addEventListener("online", sendNow);
  navigator.serviceWorker?.addEventListener("message", sendNow);
  addEventListener("offline", () => showState());
  document.addEventListener("visibilitychange", () => document.hidden || sendNow().then(poll));
  setInterval(poll, POLL_MS + Math.random() * 5000);
  setInterval(() => told === "waiting" && sendNow(), RETRY_MS);
  start().catch(() => undefined);
  keepPage().catch(() => undefined);
}
