// What follows a change: the page anew, or, where somebody else was first, what she did.

import { board, word } from "./page.js";
import { refresh } from "./refresh.js";
import { list, refusal } from "./toast.js";

const STALE = 412;

export async function settled(error = null, onRefusal = refusal) {
  if (!error) return refresh();
  if (error.status === STALE) return conflict(error);
  return onRefusal(error);
}

/** Show what somebody else changed, with a button that loads it and keeps what is chosen. */
function conflict(error) {
  const box = document.getElementById("conflict");
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  box.querySelector("[data-changes]").replaceChildren(list(sentences(error)));
  box.hidden = false;
  box.querySelector("button").focus();
  return false;
}

function sentences(error) {
  const changes = error.problem.changes ?? [];
  return changes.length ? changes.map(said) : error.sentences;
}

function said(change) {
  const at = new Date(change.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Tallinn" });
  const known = word(`did-${change.action.replace(".", "-")}`, { at });
  return known.startsWith("did-") ? word("changed-at", { at }) : known;
}

export function start() {
  document.getElementById("conflict").querySelector("button").addEventListener("click", async () => {
    document.getElementById("conflict").hidden = true;
    await refresh();
    board().querySelector('.block[aria-selected="true"]')?.focus();
  });
}
