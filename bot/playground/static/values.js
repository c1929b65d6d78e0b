// Reads what stands in Block Kit's elements, in the shape Slack sends it, and carries it over a swap.
const KEYS = {
  static_select: "selected_option",
  radio_buttons: "selected_option",
  checkboxes: "selected_options",
  multi_static_select: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  datepicker: "selected_date",
  timepicker: "selected_time",
};
const STATEFUL = "[data-element]:not([data-element=button], [data-element=overflow])";

export const controlsOf = (element) =>
  element.matches("input, select, textarea") ? [element] : [...element.querySelectorAll("input")];

export function readValue(element) {
  const type = element.dataset.element;
  const key = KEYS[type] ?? "value";
  const chosen = readChosen(element).map((each) => (/option/.test(key) ? each : each.value));
  if (key.endsWith("s")) return { type, [key]: chosen };
  const isChoice = element.matches("select, .boxes");
  return { type, [key]: (isChoice ? chosen[0] : element.value) || null };
}

function readChosen(element) {
  const options = element.matches("select")
    ? [...element.selectedOptions]
    : controlsOf(element).filter((control) => control.checked);
  return options.filter((option) => option.dataset.option).map((option) => JSON.parse(option.dataset.option));
}

// block_id → action_id → state
export function readValues(surface) {
  const values = {};
  for (const element of surface.querySelectorAll(STATEFUL)) {
    const { blockId, actionId } = element.dataset;
    (values[blockId] ??= {})[actionId] = readValue(element);
  }
  return values;
}

// What was typed but not sent, and a list someone is choosing from, survive when their part is swapped, as long as
// both ids stay the same.
export function carryOver(had, child) {
  for (const element of had.querySelectorAll(STATEFUL)) {
    const twin = findTwin(element, child);
    if (twin && isTouched(element)) copyValue(element, twin);
  }
  for (const fold of had.querySelectorAll(".fold.open")) {
    child.querySelector(`[data-fold="${CSS.escape(fold.dataset.fold)}"]`)?.classList.add("open");
  }
  for (const menu of had.querySelectorAll(".menu[open]")) keepOpen(menu, findMenu(menu, child));
  const focused = document.activeElement?.closest("[data-element]");
  const caret = document.activeElement?.selectionStart;
  const heir = focused && had.contains(focused) ? findTwin(focused, child) : null;
  return () => heir && focusOn(heir, caret);
}

function findMenu(menu, place) {
  if (menu.matches("[data-element]")) return findTwin(menu, place);
  const name = menu.querySelector("summary").ariaLabel;
  return place.querySelector(`.menu > summary[aria-label="${CSS.escape(name)}"]`)?.parentElement;
}

function keepOpen(menu, twin) {
  if (!twin) return;
  twin.open = true;
  if (menu.dataset.changed) twin.dataset.changed = menu.dataset.changed;
}

function findTwin(element, place) {
  const { element: type, blockId, actionId } = element.dataset;
  const selector = `[data-element="${type}"][data-block-id="${CSS.escape(blockId)}"][data-action-id="${CSS.escape(actionId)}"]`;
  return place.querySelector(selector);
}

function focusOn(element, caret) {
  const control = element.matches(".boxes, .menu") ? element.querySelector("summary, :checked, input") : element;
  control?.focus();
  if (caret != null && control?.selectionStart != null) control.setSelectionRange(caret, caret);
}

const isTouched = (element) => controlsOf(element).some(differs);

function differs(control) {
  if (control.matches("select")) return [...control.options].some((option) => option.selected !== option.defaultSelected);
  if (control.matches("[type=radio], [type=checkbox]")) return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

function copyValue(element, twin) {
  const twins = controlsOf(twin);
  for (const control of controlsOf(element)) {
    if (!control.matches("[type=radio], [type=checkbox]")) twins[0].value = control.value;
    else twins.filter((each) => each.value === control.value).forEach((each) => (each.checked = control.checked));
  }
}
