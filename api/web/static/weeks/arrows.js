// One stop for the tab key in the table of the week; arrows go from visit to visit.

const chips = () => [...document.querySelectorAll("#week-table a.chip")];

export function start() {
  const all = chips();
  const current = all.find((chip) => chip === document.activeElement) ?? all.find((chip) => chip.tabIndex === 0 && chip.hasAttribute("tabindex")) ?? all[0];
  for (const chip of all) chip.tabIndex = chip === current ? 0 : -1;
}

document.addEventListener("focusin", (event) => {
  if (!event.target.matches("#week-table a.chip")) return;
  for (const chip of chips()) chip.tabIndex = chip === event.target ? 0 : -1;
});

document.addEventListener("keydown", (event) => {
  const chip = event.target.closest?.("#week-table a.chip");
  if (!chip) return;
  if (event.key === "m" || event.key === "M") return chip.click();
  const found = next(chip, event.key);
  if (!found) return;
  event.preventDefault();
  found.focus();
});

function next(chip, key) {
  const all = chips();
  const at = all.indexOf(chip);
  if (key === "ArrowLeft") return all[at - 1];
  if (key === "ArrowRight") return all[at + 1];
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (key !== "ArrowUp" && key !== "ArrowDown") return null;
  const step = key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
  for (let row = chip.closest("tr")[step]; row; row = row[step]) {
    const there = [...row.querySelectorAll("a.chip")];
    if (there.length) return there.reduce((best, one) => (far(one, chip) < far(best, chip) ? one : best));
  }
  return null;
}

const far = (one, other) => Math.abs(one.closest("td").cellIndex - other.closest("td").cellIndex);
