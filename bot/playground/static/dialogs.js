// Modals: opens what the World has open, sends what is filled in, and asks "are you sure?".
import { tell } from "./live.js";
import { readValues } from "./values.js";

const FOCUSABLE = "a[href], button, input, select, textarea, summary";
const FIRST = "[data-first], .input :is(input, select, textarea, summary), .dialog-foot [type=submit], .dialog-foot button";

export function listenForDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("cancel", onEscape, true);
  document.addEventListener("keydown", keepFocusInside);
}

export function showDialogs() {
  for (const dialog of document.querySelectorAll("dialog[data-view-id]:not([open])")) {
    dialog.showModal();
    dialog.querySelector(FIRST)?.focus();
  }
  for (const input of document.querySelectorAll("dialog .input")) {
    const control = input.querySelector("input, select, textarea, summary, .boxes");
    const isWrong = input.querySelector(".error").textContent !== "";
    if (isWrong) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}

function onClick(event) {
  const button = event.target.closest("[data-close]");
  if (button) close(button.closest("dialog"), button.dataset.close === "all");
}

function onEscape(event) {
  if (!event.target.matches("dialog[data-view-id]")) return;
  event.preventDefault();
  close(event.target, false);
}

async function close(dialog, wholeStack) {
  await tell("close", { view_id: dialog.dataset.viewId, whole_stack: wholeStack });
}

async function onSubmit(event) {
  const dialog = event.target.closest("dialog[data-view-id]");
  if (!dialog) return;
  event.preventDefault();
  const button = dialog.querySelector("[type=submit]");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  await tell("submit", { view_id: dialog.dataset.viewId, values: readValues(dialog) });
  button.ariaBusy = null;
  dialog.querySelector("[aria-invalid]")?.focus();
}

function keepFocusInside(event) {
  const dialog = event.target.closest?.("dialog[open]");
  if (event.key !== "Tab" || !dialog) return;
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((each) => each.checkVisibility());
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}

export function confirmFirst({ title, text, confirm, deny, style }) {
  const dialog = document.getElementById("confirm").content.firstElementChild.cloneNode(true);
  const [no, yes] = dialog.querySelectorAll("footer button");
  dialog.querySelector("h2").textContent = title.text;
  dialog.querySelector(".text").textContent = text.text;
  [yes.textContent, no.textContent] = [confirm.text, deny.text];
  yes.classList.toggle("button-danger", style === "danger");
  document.body.append(dialog);
  dialog.showModal();
  yes.focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}
