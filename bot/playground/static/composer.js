// The message box: Enter sends, "/" completes commands, "Reply in thread" aims it at a thread.
import { refresh, scrollToEnd } from "./live.js";
import { here, say, send } from "./server.js";

const form = document.querySelector(".composer");
const box = form?.querySelector("textarea");
const list = form?.querySelector(".commands");
const replying = form?.querySelector(".replying");
const options = [...(list?.children ?? [])];
let current = null;

export function startComposer() {
  if (!form) return;
  form.addEventListener("submit", onSubmit);
  form.addEventListener("click", (event) => event.target.closest(".replying button") && aimAt(null));
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
  if (!text) return;
  const thread = form.dataset.threadTs;
  write("");
  aimAt(null);
  scrollToEnd();
  form.ariaBusy = "true";
  try {
    await send("send", { conversation: here.conversation, text, thread_ts: thread });
  } catch (failure) {
    if (!box.value) write(text);
    say(`Your message was not sent. ${failure.message}`);
  }
  await refresh();
  form.ariaBusy = null;
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
