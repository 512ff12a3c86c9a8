// The queue of taps: kept in this phone's own database until the server says that it has them. Page and worker share it.
const STORE = "taps";
const MOST = 50;
const KEPT_MS = 7 * 24 * 3600 * 1000;

function opened() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("hoolering-driver", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function run(mode, work) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request && request.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Return everything tapped on this phone, in order: `{n, id, stop, kind, at, note, version, round, url, received}`. */
export const taps = () => run("readonly", (store) => store.getAll());

/** Keep a tap; it is safe on this phone when this resolves. */
export const add = (tap) => run("readwrite", (store) => store.add(tap));

/**
 * Send what waits, oldest first. Taps of `round` go to `url`, which may be a newer link to it, others where they were
 * made. Returns "sent", "offline" or "over" as to the round, and forgets what is long done with. `token` is that of the
 * session, where somebody has signed in.
 */
export function send(round, url, token = "") {
  const work = () => sendAll(round, url, token);
  return navigator.locks ? navigator.locks.request("hoolering-taps", work) : work();
}

async function sendAll(round, url, token) {
  let outcome = "sent";
  const shut = new Set();
  for (;;) {
    const waiting = (await taps()).filter((tap) => !tap.received).map((tap) => ({ ...tap, url: tap.round === round ? url : tap.url }));
    const next = waiting.find((tap) => !shut.has(tap.url));
    if (!next) break;
    const batch = waiting.filter((tap) => tap.url === next.url).slice(0, MOST);
    const answer = await post(next.url, batch, token);
    if (answer.status === 200) {
      await settle(batch, await answer.json());
    } else {
      shut.add(next.url);
      if (!url || next.url === url) outcome = answer.status === 404 ? "over" : "offline";
    }
  }
  await forget();
  return outcome;
}

function post(url, batch, token) {
  const body = batch.map(({ id, stop, kind, at, note, version }) => ({ id, stop, kind, at, note, version }));
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...(token && { "X-CSRF-Token": token }) },
    body: JSON.stringify({ sent_at: new Date().toISOString(), taps: body }),
  }).catch(() => ({ status: 0 }));
}

function settle(batch, { kept, refused, at }) {
  return run("readwrite", (store) => {
    for (const tap of batch) {
      if (kept.includes(tap.id)) store.put({ ...tap, received: at });
      else if (refused.includes(tap.id)) store.delete(tap.n);
    }
  });
}

async function forget() {
  const old = (await taps()).filter((tap) => Date.now() - Date.parse(tap.at) > KEPT_MS);
  if (old.length) await run("readwrite", (store) => old.forEach((tap) => store.delete(tap.n)));
}
