// What is done to a message that stands, the shortcuts, and the clock: buttons and menu items that tell the server.
import { startEditing } from "./composer.js";
import { confirmFirst } from "./dialogs.js";
import { awaitAnswer, tell } from "./live.js";
import { here } from "./server.js";

const words = (text) => ({ text });
const SURE = {
  title: words("Delete message"),
  text: words("Do you want to delete this message? It is gone for everyone then."),
  confirm: words("Delete"),
  deny: words("Cancel"),
  style: "danger",
};
const DOES = { react, edit, delete: remove, shortcut, move };

export function listenForMessages() {
  document.addEventListener("click", pick);
  document.addEventListener("click", (event) => {
    for (const [name, does] of Object.entries(DOES)) {
      const button = event.target.closest(`[data-${name}]`);
      if (!button) continue;
      closeMenu(button);
      does(button.dataset[name], button.closest("[data-message-ts]")?.dataset.messageTs);
    }
  });
}

// Where nothing can hover, a tap on a message shows what can be done to it.
function pick(event) {
  const tapped = event.target.closest(".message");
  document.querySelectorAll(".message.tapped").forEach((message) => message.classList.remove("tapped"));
  tapped?.classList.add("tapped");
}

function closeMenu(button) {
  const menu = button.closest(".menu");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function react(name, ts) {
  tell("react", { message_ts: ts, name });
}

function edit(text, ts) {
  startEditing(ts, text);
}

async function remove(_, ts) {
  if (await confirmFirst(SURE)) tell("delete", { message_ts: ts });
}

function shortcut(id, ts) {
  awaitAnswer();
  tell("shortcut", { callback_id: id, conversation: here.conversation, message_ts: ts });
}

function move(step) {
  awaitAnswer();
  tell("move", { step });
}
