// Asks the server, and changes things there: tokens, versions and answers that say what is wrong, in one place.

import { board } from "./page.js";

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
  }

  /** Return every sentence that says what is wrong, the first one alone where there is but one. */
  get sentences() {
    const { title, detail, findings = [], violations = [] } = this.problem;
    const said = [
      ...findings.map((found) => [found.sentence, found.expected, found.action]),
      ...violations.map((broken) => [broken.sentence, broken.action]),
    ].map((parts) => parts.filter(Boolean).join(" "));
    return said.length ? [title, ...said].filter(Boolean) : [title, detail].filter(Boolean);
  }
}

export async function ask(path, headers = {}) {
  return answered(await reached(path, { headers: { Accept: "application/json", ...headers } }));
}

export async function fragment(path) {
  const answer = await reached(path, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Refusal(answer.status, { title: board().dataset.failed });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

export async function change(method, path, body) {
  const headers = {
    Accept: "application/json",
    "Content-Type": "application/json",
    "If-Match": board().dataset.etag,
    "Idempotency-Key": key(),
    "X-CSRF-Token": document.querySelector('input[name="csrf"]').value,
  };
  return answered(await reached(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }));
}

async function reached(path, options) {
  try {
    return await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Refusal(0, { title: board().dataset.unreachable });
  }
}

async function answered(answer) {
  const text = await answer.text();
  const body = text && answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : {};
  if (!answer.ok) throw new Refusal(answer.status, body);
  return body;
}

function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
