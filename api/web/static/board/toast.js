// Short messages at the bottom, read out by screen readers, with what one can do about them.

import { board, word } from "./page.js";

const SHOWN = 12_000;
const FITS = 3;

/** Say something at the bottom; `inside` is for what is told where its button was, and covers nothing. */
export function toast(text, { more = [], bad = false, undo = null, inside = false } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast bad" : "toast";
  const said = document.createElement("div");
  said.className = "text";
  said.append(text);
  if (more.length) said.append(list(more));
  if (more.length > FITS) said.lastChild.tabIndex = 0; // a list that may have to be scrolled can be by keyboard
  box.append(said);
  const acts = document.createElement("div");
  acts.className = "acts";
  if (undo) acts.append(button(word("undo"), () => { box.remove(); undo(); }, "undo"));
  acts.append(button(undo && more.length ? word("keep") : word("close"), () => box.remove(), "close"));
  box.append(acts);
  const place = document.getElementById(bad ? "alerts" : inside ? "told" : "toasts");
  if (!bad) for (const id of ["told", "toasts"]) document.getElementById(id).replaceChildren();
  place.replaceChildren(box);
  if (!more.length && !bad) fade(box);
  return box;
}

export function refusal(error) {
  if (!error.problem) throw error;
  const [first, ...more] = error.sentences;
  toast(first, { more, bad: true });
}

/** Say something for screen readers alone. */
export function announce(text) {
  document.getElementById("announced").textContent = text;
}

export function list(sentences) {
  const items = document.createElement("ul");
  for (const sentence of sentences) {
    const item = document.createElement("li");
    item.textContent = typeof sentence === "string" ? sentence : sentence.sentence;
    items.append(item);
  }
  return items;
}

function button(text, act, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.dataset.toast = name;
  made.addEventListener("click", act);
  return made;
}

// A message stays while it is looked at: the time counts from when pointer and focus have left it.
function fade(box) {
  let timer = setTimeout(() => box.remove(), SHOWN);
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(() => box.remove(), SHOWN); };
  for (const event of ["pointerenter", "focusin"]) box.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) box.addEventListener(event, go);
  board().addEventListener("board:refreshed", () => box.isConnected || hold(), { once: true });
}
