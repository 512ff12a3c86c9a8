// Menus are popovers; the browser opens and closes them, here they only find their place beside their button.

import { still } from "./page.js";

export function start() {
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".menu-pop") && event.newState === "open") beside(event.target);
  }, true);
  document.addEventListener("click", (event) => {
    const menu = event.target.closest(".menu-pop");
    if (menu && event.target.closest("[data-act], a")) menu.hidePopover();
  });
  document.addEventListener("scroll", () => follow(document.querySelector(".menu-pop:popover-open")), { passive: true });
  document.documentElement.classList.toggle("still", still());
}

// Of several buttons that open a menu, on the timeline and beside the list, one is seen at a time.
function place(menu) {
  const buttons = [...document.querySelectorAll(`[popovertarget="${CSS.escape(menu.id)}"]`)];
  return (buttons.find((button) => button.checkVisibility()) ?? buttons[0]).getBoundingClientRect();
}

// Scrolling takes an open menu along, and closes it once its button is out of sight.
function follow(menu) {
  if (!menu) return;
  const button = place(menu);
  if (button.bottom > 0 && button.top < innerHeight) beside(menu);
  else menu.hidePopover();
}

function beside(menu) {
  const button = place(menu);
  const own = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(button.left, innerWidth - own.width - 8));
  const below = button.bottom + 4;
  menu.style.left = `${left}px`;
  menu.style.top = `${below + own.height > innerHeight - 8 ? Math.max(8, button.top - own.height - 4) : below}px`;
}
