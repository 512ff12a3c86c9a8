// What would help a request into the plan: changes that the server has tried, each with a button that makes it.

import { api, word } from "./page.js";
import { told } from "./moving.js";
import { ask, change } from "./server.js";
import { settled } from "./settled.js";
import { refusal } from "./toast.js";

const dialog = () => document.getElementById("help-dialog");

export async function open(request) {
  const inside = dialog().querySelector(".inside");
  inside.replaceChildren(said(word("working")));
  dialog().showModal();
  try {
    const answer = await ask(api(`/explanations/${encodeURIComponent(request)}`));
    inside.replaceChildren(...explained(request, answer));
    inside.querySelector("button")?.focus();
  } catch (error) {
    dialog().close();
    refusal(error);
  }
}

export async function apply(button) {
  const { request, remedy } = button.dataset;
  button.disabled = true;
  try {
    const answer = await change("POST", api("/remedies"), { request, remedy });
    dialog().close();
    await settled();
    told(answer);
  } catch (error) {
    dialog().close();
    await settled(error);
  }
}

function explained(request, { planned, sentences, alternatives, remedies }) {
  const others = alternatives.map((other) => item(other.sentence));
  const changes = remedies.map((remedy) => offered(request, remedy));
  const listed = new Set([...alternatives, ...remedies].map((other) => other.sentence));
  const parts = sentences.filter((sentence) => !listed.has(sentence)).map(said);
  if (others.length) parts.push(list("reasons", others));
  if (changes.length) parts.push(list("reasons remedies", changes));
  else if (!planned) parts.push(said(word("no-help")));
  return parts;
}

function offered(request, remedy) {
  const made = item(remedy.sentence);
  for (const more of [remedy.change, remedy.note].filter(Boolean)) {
    made.append(Object.assign(document.createElement("span"), { className: "do", textContent: more }));
  }
  if (remedy.applicable) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = word("apply");
    Object.assign(button.dataset, { act: "remedy", request, remedy: remedy.id });
    made.append(button);
  }
  return made;
}

function list(className, items) {
  const made = document.createElement("ul");
  made.className = className;
  made.append(...items);
  return made;
}

const item = (text) => Object.assign(document.createElement("li"), { textContent: text });
const said = (text) => Object.assign(document.createElement("p"), { textContent: text });
