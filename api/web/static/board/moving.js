// Moving work without dragging: a dialog with every worker, what each would take, and the time.

import { api, board, page, word } from "./page.js";
import { change, fragment } from "./server.js";
import { list, refusal, toast } from "./toast.js";
import { settled } from "./settled.js";

const dialog = () => document.getElementById("move-dialog");

/** Open the dialog for a request; `from` is the round it is on, which of a crew is to hand over. */
export async function open(request, from = "") {
  const box = dialog();
  const inside = box.querySelector(".inside");
  inside.replaceChildren(Object.assign(document.createElement("p"), { textContent: word("working") }));
  box.querySelector("form").dataset.request = request;
  box.querySelector("form").dataset.from = from;
  box.querySelector("[type=submit]").disabled = true;
  box.querySelector("[role=alert]").hidden = true;
  box.showModal();
  try {
    const found = await offers(request, from);
    if (!box.open) return;
    inside.replaceChildren(...found.body.childNodes);
    const chosen = inside.querySelector("input[name=shift]:checked") ?? inside.querySelector("input[name=shift]");
    box.querySelector("[type=submit]").disabled = !chosen;
    chosen?.focus();
    if (chosen?.checked) propose(box, chosen);
  } catch (error) {
    box.close();
    refusal(error);
  }
}

/** Return the page's piece with what every round would take for a request. */
export function offers(request, from = "") {
  const query = new URLSearchParams({ request, ...(from && isCrew(request) && { instead_of: from }) });
  return fragment(page(`/fits?${query}`));
}

/** Move a request, and offer to take it back; true where the server did it. */
export async function move(body, { onRefusal = refusal } = {}) {
  try {
    const answer = await change("POST", api("/moves"), body);
    await settled();
    told(answer, word(body.shift ? "moved" : "taken-off"));
    return true;
  } catch (error) {
    await settled(error, onRefusal);
    return false;
  }
}

/** Say what was done and what people will feel of it, with a way back. */
export function told(answer, sentence = word("applied")) {
  const { warnings = [], standing = [] } = answer.moved ?? answer;
  toast(sentence, { more: [...warnings, ...standing], undo });
}

export async function undo() {
  try {
    await change("POST", api("/undo"));
    await settled();
    toast(word("undone"));
  } catch (error) {
    await settled(error);
  }
}

export function start() {
  const box = dialog();
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit(box, event.target);
  });
  box.addEventListener("change", (event) => {
    if (event.target.name === "shift") propose(box, event.target);
  });
  box.addEventListener("close", () => {
    const request = box.querySelector("form").dataset.request;
    board().querySelector(`.block[data-request="${CSS.escape(request)}"], .card-missed[data-request="${CSS.escape(request)}"] button`)?.focus();
  });
}

/** Tell whether several rounds serve a request together: one of them hands over then. */
export const isCrew = (request) =>
  new Set([...board().querySelectorAll(`.block[data-request="${CSS.escape(request)}"]`)].map((block) => block.dataset.shift)).size > 1;

function propose(box, radio) {
  const said = box.querySelector("[data-best]");
  if (said) said.textContent = radio.dataset.begin ? word("best-time", { at: radio.dataset.begin }) : "";
}

async function submit(box, form) {
  const data = new FormData(form);
  if (!data.get("shift")) return;
  const body = { request: form.dataset.request, shift: data.get("shift") };
  if (data.get("begin")) body.begin = seconds(data.get("begin"));
  if (form.dataset.from && isCrew(body.request)) body.instead_of = form.dataset.from;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const done = await move(body, { onRefusal: (error) => refuse(box, error) });
  button.disabled = false;
  if (done) box.close();
}

function refuse(box, error) {
  const [first, ...more] = error.sentences;
  const alert = box.querySelector("[role=alert]");
  alert.hidden = false;
  alert.replaceChildren(Object.assign(document.createElement("strong"), { textContent: word("refused") }), list([first, ...more]));
  alert.scrollIntoView({ block: "nearest" });
  return false;
}

function seconds(time) {
  const [hours, minutes] = time.split(/[.:]/).map(Number);
  return (hours * 60 + minutes) * 60;
}
