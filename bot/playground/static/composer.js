// The message box: Enter sends, "/" completes commands, "Reply in thread" aims it at a thread, "Edit message"
// takes a message back into it.
import { hasFiles, share } from "./attach.js";
import { refresh, scrollToEnd, tell } from "./live.js";
import { here, say, send } from "./server.js";

const form = document.querySelector(".composer");
const box = form?.querySelector("textarea");
const list = form?.querySelector(".commands");
const replying = form?.querySelector(".replying");
const editing = form?.querySelector(".editing");
const options = [...(list?.children ?? [])];
let current = null;

export function startComposer() {
  if (!form) return;
  form.addEventListener("submit", onSubmit);
  form.addEventListener("click", onFormClick);
  box.addEventListener("input", onInput);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", () => complete([]));
  list.addEventListener("mousedown", onPick);
  document.addEventListener("click", onPageClick);
  if (matchMedia("(hover: hover)").matches && !document.querySelector("dialog")) box.focus();
}

function onSubmit(event) {
  event.preventDefault();
  sendTyped();
}

async function sendTyped() {
  const text = box.value.trim();
  if (form.dataset.editTs) return saveEdited(text);
  if (!text && !hasFiles()) return;
  const thread = form.dataset.threadTs;
  write("");
  aimAt(null);
  scrollToEnd();
  form.ariaBusy = "true";
  try {
    if (hasFiles()) await share(text, thread);
    else await send("send", { conversation: here.conversation, text, thread_ts: thread });
  } catch (failure) {
    if (!box.value) write(text);
    say(`Your message was not sent. ${failure.message}`);
  }
  await refresh();
  form.ariaBusy = null;
}

async function saveEdited(text) {
  const ts = form.dataset.editTs;
  if (!text) return say("To take the message away, delete it.");
  leaveEditing();
  await tell("edit", { message_ts: ts, text });
}

function onFormClick(event) {
  if (event.target.closest(".replying button")) aimAt(null);
  if (event.target.closest(".editing button")) leaveEditing();
}

// The box is not swapped when messages change, so that nothing typed is lost.
export function startEditing(ts, text) {
  aimAt(null);
  form.dataset.editTs = ts;
  editing.hidden = false;
  write(text);
  box.focus();
}

function leaveEditing() {
  delete form.dataset.editTs;
  editing.hidden = true;
  write("");
  box.focus();
}

function editNewest() {
  const mine = [...document.querySelectorAll(".log [data-edit]")].at(-1);
  if (mine) startEditing(mine.closest("[data-message-ts]").dataset.messageTs, mine.dataset.edit);
}

function write(text) {
  box.value = text;
  onInput();
}

function onInput() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  const isCommand = /^\/\S*$/.test(box.value);
  complete(isCommand ? options.filter((each) => each.dataset.command.startsWith(box.value.toLowerCase())) : []);
}

function complete(matching) {
  for (const option of options) option.hidden = !matching.includes(option);
  list.hidden = matching.length === 0;
  box.ariaExpanded = String(matching.length > 0);
  highlight(matching[0] ?? null);
}

function highlight(option) {
  current?.setAttribute("aria-selected", "false");
  current = option;
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

function onKey(event) {
  if (event.isComposing) return;
  const isOpen = !list.hidden;
  const isWhole = current?.dataset.command === box.value;
  if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) step(event.key === "ArrowDown" ? 1 : -1);
  else if (isOpen && event.key === "Escape") complete([]);
  else if (event.key === "Escape" && form.dataset.editTs) leaveEditing();
  else if (event.key === "ArrowUp" && !box.value && !form.dataset.editTs) editNewest();
  else if (isOpen && event.key === "Tab") take(current);
  else if (isOpen && event.key === "Enter" && !event.shiftKey && !isWhole) take(current);
  else if (event.key === "Enter" && !event.shiftKey) sendTyped();
  else return;
  event.preventDefault();
}

function step(by) {
  const shown = options.filter((option) => !option.hidden);
  highlight(shown[(shown.indexOf(current) + by + shown.length) % shown.length]);
}

function take(option) {
  write(`${option.dataset.command} `);
  box.focus();
}

function onPick(event) {
  event.preventDefault(); // keeps the focus in the box
  const option = event.target.closest("[role=option]");
  if (option) take(option);
}

function onPageClick(event) {
  const reply = event.target.closest("[data-reply]");
  if (reply && form.dataset.editTs) leaveEditing();
  if (reply) aimAt(reply.dataset.reply, reply.dataset.excerpt);
  const example = event.target.closest(".hint-card code");
  if (example) write(example.textContent);
  if (reply || example) box.focus();
}

function aimAt(ts, excerpt = "") {
  if (ts) form.dataset.threadTs = ts;
  else delete form.dataset.threadTs;
  replying.hidden = !ts;
  replying.querySelector("q").textContent = excerpt;
}
