// Send a form's fields and return the part of the page that comes back; an earlier question is given up.
const running = new Map();

/** Ask `path` for a part of the page, with the fields of `form`; undefined where a later question came between. */
export async function part(form, path, name) {
  running.get(name)?.abort();
  const control = new AbortController();
  running.set(name, control);
  try {
    const answer = await fetch(path, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Part": name, Accept: "text/html" },
      signal: control.signal,
    });
    return answer.ok ? await answer.text() : undefined;
  } catch (error) {
    if (error.name !== "AbortError") console.warn("no answer");
    return undefined;
  }
}

/** Return a function that waits until it has not been called for so many milliseconds. */
export function calmly(milliseconds, act) {
  let waiting;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => act(...given), milliseconds);
  };
}
