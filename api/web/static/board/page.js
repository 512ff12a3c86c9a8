// What the page itself knows: the day, its sentences, and how to find things on it.

export const board = () => document.getElementById("board");
export const api = (rest = "") => `/api/v1/days/${board().dataset.day}${rest}`;
export const page = (rest = "") => `/board/${board().dataset.day}${rest}`;
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const words = new Map();

/** Return a sentence of the page in its language, `{names}` filled in. */
export function word(name, values = {}) {
  if (!words.size) {
    for (const item of document.getElementById("words").content.children) words.set(item.dataset.word, item.textContent);
  }
  return (words.get(name) ?? name).replace(/\{(\w+)\}/g, (_, value) => values[value] ?? "");
}

/** Return all elements that stand for a request: blocks, list entries, cards. */
export const standing = (request) => [...board().querySelectorAll(`[data-request="${CSS.escape(request)}"]`)];

export function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.classList.add("icon");
  drawn.setAttribute("aria-hidden", "true");
  const used = document.createElementNS("http://www.w3.org/2000/svg", "use");
  used.setAttribute("href", `#i-${name}`);
  drawn.append(used);
  return drawn;
}
