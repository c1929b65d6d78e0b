// Clicks and choices in messages, Home and dialogs: asks where a confirmation is wanted, then tells the bot.
import { confirmFirst } from "./dialogs.js";
import { awaitAnswer, refresh } from "./live.js";
import { say, send } from "./server.js";
import { readValue, readValues } from "./values.js";

const PICKED_AT_ONCE = "select, .boxes, input[type=date], input[type=time]";

export function listenForActions() {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onEnter);
  document.addEventListener("picked", (event) => act(event.target, readValue(event.target)));
}

function onClick(event) {
  const choice = event.target.closest(".overflow [data-option]");
  if (choice) return chooseFromOverflow(choice);
  const button = event.target.closest("[data-element=button]");
  if (!button) return;
  const value = button.dataset.value;
  act(button, value ? { type: "button", value } : { type: "button" });
}

function chooseFromOverflow(choice) {
  const menu = choice.closest(".overflow");
  menu.open = false;
  if (choice.dataset.url) window.open(choice.dataset.url, "_blank", "noopener");
  act(menu, { type: "overflow", selected_option: JSON.parse(choice.dataset.option) });
}

function onChange(event) {
  const element = event.target.closest("[data-element][data-dispatch]");
  if (element?.matches(PICKED_AT_ONCE)) act(element, readValue(element));
}

function onEnter(event) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.matches("input.field[data-dispatch]")) return;
  event.preventDefault();
  act(field, readValue(field));
}

async function act(element, value) {
  if (element.ariaBusy === "true") return;
  if (element.dataset.confirm && !(await confirmFirst(JSON.parse(element.dataset.confirm)))) return refresh();
  const surface = element.closest("[data-message-ts], [data-view-id]");
  element.ariaBusy = "true";
  awaitAnswer();
  try {
    await send("act", {
      block_id: element.dataset.blockId,
      action_id: element.dataset.actionId,
      value,
      message_ts: surface.dataset.messageTs,
      view_id: surface.dataset.viewId,
      values: readValues(surface),
    });
  } catch (failure) {
    say(`That did not get through. ${failure.message}`);
  }
  await refresh();
  element.ariaBusy = null;
}
