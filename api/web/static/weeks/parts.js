// Sends forms of the week, and exchanges the parts of the page that come back otherwise.

export const week = () => document.getElementById("week");

/** Send a form; what was refused is said where it was asked for. True where it was done. */
export async function send(path, data, { inside = null } = {}) {
  const answer = await reached(path, { method: "POST", body: data, headers: { Accept: "text/html" } });
  if (!answer) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!fresh.getElementById("week")) {
    location.assign(answer.redirected ? answer.url : location.href); // signed out meanwhile, or an error page
    return false;
  }
  const refusal = fresh.querySelector("#week-refused [role=alert]");
  if (refusal && inside) {
    inside.querySelector("[role=alert]")?.remove();
    inside.querySelector(".inside").prepend(document.adoptNode(refusal));
    inside.querySelector("[role=alert]").scrollIntoView({ block: "nearest" });
    return false;
  }
  take(fresh);
  return answer.ok;
}

/** Fetch a page and exchange what differs. */
export async function exchange(path) {
  const answer = await reached(path, { headers: { Accept: "text/html" } });
  if (answer?.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

function take(fresh) {
  const focused = document.activeElement?.id;
  const opened = [...document.querySelectorAll("details[id]")].map((details) => [details.id, details.open]);
  const table = document.getElementById("week-table");
  const scrolled = table ? [table.scrollLeft, table.scrollTop] : [0, 0];
  for (const part of fresh.querySelectorAll("#week [data-part]")) {
    const old = document.getElementById(part.id);
    if (old && !old.isEqualNode(part)) old.replaceWith(document.adoptNode(part));
  }
  document.getElementById("week-told").replaceChildren(...fresh.getElementById("week-told").childNodes);
  for (const [id, open] of opened) if (document.getElementById(id)) document.getElementById(id).open = open;
  document.getElementById("week-table")?.scrollTo(...scrolled);
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function reached(path, options) {
  try {
    return await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    const said = document.createElement("div");
    said.className = "notice bad";
    said.setAttribute("role", "alert");
    said.textContent = week().dataset.unreachable;
    document.getElementById("week-refused").replaceChildren(said);
    return null;
  }
}
