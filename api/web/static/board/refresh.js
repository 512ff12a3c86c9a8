// Fetches the page again and exchanges the parts that differ; what is chosen, opened and focused stays so.

import { board, page } from "./page.js";
import { fragment } from "./server.js";

export async function refresh() {
  const fresh = await fragment(page());
  const root = fresh.getElementById("board");
  if (!root) return location.reload(); // signed out meanwhile, or the day is gone
  const focused = remembered(document.activeElement);
  const opened = [...board().querySelectorAll("details[open]")].map((details) => details.id);
  const scrolled = [...board().querySelectorAll("[data-keeps-scroll]")].map((e) => [e.id, e.scrollLeft, e.scrollTop]);
  Object.assign(board().dataset, root.dataset);
  for (const part of root.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (old && !old.isEqualNode(part)) old.replaceWith(document.adoptNode(part));
  }
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, left, top] of scrolled) document.getElementById(id)?.scrollTo(left, top);
  board().dispatchEvent(new CustomEvent("board:refreshed"));
  if (document.activeElement === document.body) found(focused)?.focus({ preventScroll: true });
}

function remembered(element) {
  const of = element?.closest("[data-request]");
  return { id: element?.id, request: of?.dataset.request, act: element?.dataset?.act, cell: element?.matches?.(".block") };
}

function found({ id, request, act, cell }) {
  if (id) return document.getElementById(id);
  if (!request) return null;
  const of = `[data-request="${CSS.escape(request)}"]`;
  const wanted = cell ? `.block${of}` : act ? `${of} [data-act="${act}"]` : of;
  return board().querySelector(wanted) ?? board().querySelector(`.block${of}, .card-missed${of}`);
}
