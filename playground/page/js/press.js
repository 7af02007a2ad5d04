// While a finger or the mouse is down nothing moves under it: a click counts only where it ends on what it began on.

let down = false;
const waiting = [];

function lift() {
  setTimeout(() => { // after the click itself
    down = false;
    for (const go of waiting.splice(0)) go();
  });
}

const PRESSED = "button, a, input, select, label, summary, textarea, [role]:not([role=log])";
addEventListener("pointerdown", (event) => { down = event.button === 0 && Boolean(event.target.closest?.(PRESSED)); }, true);
addEventListener("pointermove", (event) => down && !event.buttons && lift(), true); // its end went elsewhere, to a menu perhaps
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, lift, true);
addEventListener("blur", (event) => event.target === window && lift());

/** Resolves once nothing is pressed: at once, as a rule. Await it before changing what is on the page. */
export function lifted() {
  return down ? new Promise((go) => waiting.push(go)) : Promise.resolve();
}
