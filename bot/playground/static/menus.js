// Drop-downs made of <details>: one open at a time, Escape and a click elsewhere close them, arrows move inside.
const OPEN = ".menu[open]";

export function listenForMenus() {
  document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("change", (event) => onChange(event.target.closest(".multi")));
  document.addEventListener("toggle", onToggle, true);
}

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll(OPEN)) if (menu !== except) menu.open = false;
}

function onKey(event) {
  const menu = event.target.closest?.(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    move(menu, event.key === "ArrowDown" ? 1 : -1);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function move(menu, step) {
  const stops = [...menu.querySelectorAll(".menu-list :is(a, button, input:not(:disabled))")];
  const at = stops.indexOf(document.activeElement);
  stops[at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length]?.focus();
}

function onChange(multi) {
  if (!multi) return;
  multi.dataset.changed = "true";
  label(multi);
}

// Choosing several is told when the list closes, as Slack does.
function onToggle({ target: menu }) {
  if (menu.matches?.(OPEN)) menu.querySelector(".menu-list").scrollIntoView({ block: "nearest" });
  if (!menu.matches?.(".multi") || menu.open || !menu.dataset.changed) return;
  delete menu.dataset.changed;
  if ("dispatch" in menu.dataset) menu.dispatchEvent(new Event("picked", { bubbles: true }));
}

export function labelMenus() {
  document.querySelectorAll(".multi").forEach(label);
}

function label(multi) {
  const boxes = [...multi.querySelectorAll("input")];
  const chosen = boxes.filter((box) => box.checked);
  const names = chosen.map((box) => box.closest("label").querySelector(".option-words > span").textContent);
  const line = multi.querySelector(".picked");
  line.textContent = names.join(", ") || multi.dataset.placeholder;
  line.classList.toggle("quiet", names.length === 0);
  const isFull = multi.dataset.most && chosen.length >= Number(multi.dataset.most);
  for (const box of boxes) box.disabled = Boolean(isFull && !box.checked);
}
