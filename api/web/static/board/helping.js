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

function explained(request, { reason = "", blocked = [], remedies }) {
  const known = (remedies ?? []).map((remedy) => offered(request, remedy));
  const list = document.createElement("ul");
  list.className = "reasons remedies";
  list.append(...known);
  const why = blocked.length ? blocked.map((item) => item.sentence) : [reason];
  return [...why.filter(Boolean).map(said), known.length ? list : said(word("no-help"))];
}

function offered(request, remedy) {
  const item = document.createElement("li");
  item.append(`${remedy.sentence} `);
  if (remedy.applicable) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = word("apply");
    Object.assign(button.dataset, { act: "remedy", request, remedy: remedy.id });
    item.append(button);
  } else if (remedy.why_not) {
    item.append(Object.assign(document.createElement("span"), { className: "do", textContent: remedy.why_not }));
  }
  return item;
}

const said = (text) => Object.assign(document.createElement("p"), { textContent: text });
