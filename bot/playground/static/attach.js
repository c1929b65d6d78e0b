// Files chosen in the composer: shown above the box until they are sent with the message or taken off again.
import { here, say, send } from "./server.js";

const LARGEST = 1024 * 1024;
const form = document.querySelector(".composer");
const input = form?.querySelector("input[type=file]");
const list = form?.querySelector(".attached");
let chosen = [];

export function startAttaching() {
  if (!form) return;
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  form.addEventListener("paste", (event) => add([...event.clipboardData.files]));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) show(chosen.filter((_, index) => index !== Number(button.dataset.index)));
  });
}

export const hasFiles = () => chosen.length > 0;

function add(files) {
  const fitting = files.filter((file) => file.size > 0 && file.size <= LARGEST);
  if (fitting.length < files.length) say("This playground takes files of up to 1 MB.");
  if (fitting.length) show([...chosen, ...fitting]);
}

function show(files) {
  chosen = files;
  list.replaceChildren(...chosen.map(makeChip));
  list.hidden = chosen.length === 0;
  form.classList.toggle("has-files", chosen.length > 0);
}

function makeChip(file, index) {
  const chip = document.createElement("li");
  chip.textContent = file.name;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "icon-button", textContent: "×", ariaLabel: `Take off ${file.name}` });
  button.dataset.index = index;
  chip.append(button);
  return chip;
}

// The files stay chosen when they could not be sent.
export async function share(text, thread) {
  const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, content: await readBase64(file) })));
  await send("share", { conversation: here.conversation, text, thread_ts: thread, files });
  show([]);
}

async function readBase64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
