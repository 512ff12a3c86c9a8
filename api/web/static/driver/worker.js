// Keeps one round on the phone until its link is over, and sends what was tapped when there is reception again.
import { send } from "/static/driver/queue.js";

const HERE = self.registration.scope;
const CACHE = `round ${HERE}`;
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(HERE).then(keep).then(() => keepFile(`${HERE}over`)));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => event.waitUntil(sendOrFail()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (request.mode === "navigate" && url.origin + url.pathname === HERE) event.respondWith(shown(event));
  else if (url.pathname.startsWith("/static/") && url.searchParams.has("v")) event.respondWith(file(request));
});

/** Show the page as it is now; as it was kept where the network fails or takes its time. */
async function shown(event) {
  const fresh = fetch(event.request).then(keep);
  event.waitUntil(fresh.catch(() => undefined));
  const kept = await keptPage();
  if (!kept) return fresh;
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, kept));
  return Promise.race([fresh.then((answer) => (answer.status >= 429 ? kept : answer)), late]).catch(() => kept);
}

async function keptPage() {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(HERE);
  if (!kept || Number(kept.headers.get("X-Kept-Until")) > Date.now()) return kept;
  await cache.delete(HERE);
  return cache.match(`${HERE}over`);
}

/** Keep a page with all that it loads, until its link is over by whatever this phone's clock says then. */
async function keep(answer) {
  if (answer.status === 404) await caches.delete(CACHE);
  if (!answer.ok) return answer;
  const text = await answer.clone().text();
  const cache = await caches.open(CACHE);
  const files = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await Promise.all(files.map(keepFile));
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-Until", Date.now() + 1000 * Number(headers.get("X-Valid-For")));
  await cache.put(HERE, new Response(text, { headers }));
  return answer;
}

async function keepFile(address) {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(address))) await cache.add(address);
}

async function file(request) {
  return (await (await caches.open(CACHE)).match(request)) || fetch(request);
}

async function sendOrFail() {
  if ((await send("", "")) === "offline") throw new Error("no reception yet");
  for (const page of await self.clients.matchAll()) page.postMessage("sent");
}
