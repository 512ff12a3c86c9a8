// The call form answers while it is filled in; without this the check button does.
import { calmly, part } from "./send.js";

const form = document.querySelector("form.call");
const place = (name) => document.getElementById(name);

const answer = calmly(350, async () => {
  const told = await part(form, "/call/check", "answer");
  if (told === undefined) return;
  place("answer").innerHTML = told;
  const times = await part(form, "/call/check", "slots");
  if (times !== undefined) place("slots").innerHTML = times;
});

const search = calmly(250, async () => {
  const found = await part(form, "/call/clients", "clients");
  if (found !== undefined) place("clients").innerHTML = found;
  answer();
});

form.addEventListener("input", (event) => {
  if (event.target.name === "who") search();
  else if (event.target.name === "client") {
    place("f-who").value = event.target.closest("label").querySelector("strong").textContent;
    answer();
  } else if (event.target.name !== "slot") answer();
});

place("f-who").addEventListener("keydown", (event) => {
  const first = place("clients").querySelector('input[type="radio"]');
  if (event.key === "ArrowDown" && first) {
    event.preventDefault();
    first.focus();
  }
});

place("summary")?.focus();
