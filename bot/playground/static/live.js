// Keeps the page as the World is: fetches it again after every change and swaps only what differs.
import { carryOver } from "./values.js";
import { here, say, send } from "./server.js";

const served = new WeakMap();
let last = Promise.resolve();
let isAnswerAwaited = false;
let released = Promise.resolve();

// Something a person did: the server hears of it, and the page shows what came of it.
export async function tell(route, content) {
  try {
    await send(route, content);
  } catch (failure) {
    say(`That did not get through. ${failure.message}`);
  }
  await refresh();
}

export function refresh() {
  last = last.then(swapAll, swapAll);
  return last;
}

async function swapAll() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  await released;
  const wasAtEnd = isAtEnd();
  const follows = wasAtEnd || isAnswerAwaited;
  const known = new Set(messages().map((message) => message.dataset.key));
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = next.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh) swapPart(part, fresh);
  }
  here.version = next.body.dataset.version;
  document.dispatchEvent(new Event("swapped"));
  const first = messages().find((message) => !known.has(message.dataset.key));
  if (follows && first) reveal(first);
  else if (wasAtEnd) scrollToEnd();
}

// A click whose button is swapped while it is held down would be lost.
export function listenForPresses() {
  const onPress = ({ button }) => button === 0 && (released = new Promise(waitForRelease));
  document.addEventListener("pointerdown", onPress, true);
}

function waitForRelease(done) {
  const listeners = new AbortController();
  const release = () => {
    listeners.abort();
    setTimeout(done); // behind the click itself
  };
  for (const end of ["pointerup", "pointercancel", "pointerdown"]) {
    addEventListener(end, release, { capture: true, signal: listeners.signal });
  }
}

function swapPart(part, fresh) {
  if (served.get(part) === fresh.innerHTML) return;
  served.set(part, fresh.innerHTML);
  const isKeyed = [...part.children, ...fresh.children].every((child) => child.dataset.key);
  if (isKeyed) swapKeyed(part, [...fresh.children]);
  else part.replaceChildren(...fresh.childNodes);
}

function swapKeyed(part, fresh) {
  const known = new Map([...part.children].map((child) => [child.dataset.key, child]));
  let spot = part.firstElementChild;
  for (const child of fresh) {
    const had = known.get(child.dataset.key);
    known.delete(child.dataset.key);
    const isSame = had && had.dataset.mark === child.dataset.mark;
    if (isSame) swapLive(had, child);
    if (had && !isSame && spot === had) spot = had.nextElementSibling;
    const node = isSame ? had : child;
    if (node === spot) spot = spot.nextElementSibling;
    else part.insertBefore(node, spot);
    if (had && !isSame) replace(had, child);
  }
  known.forEach(leave);
}

function replace(had, child) {
  const restoreFocus = carryOver(had, child);
  leave(had);
  if (child.matches("dialog")) child.showModal();
  restoreFocus();
}

function leave(node) {
  if (node.matches("dialog[open]")) node.close(); // gives the focus back to where it came from
  node.remove();
}

// A form stays as it is while its view does; only words about it change.
function swapLive(had, child) {
  for (const words of child.querySelectorAll("[data-live]")) {
    const old = had.querySelector(`[data-live="${CSS.escape(words.dataset.live)}"]`);
    if (old && old.innerHTML !== words.innerHTML) old.replaceChildren(...words.childNodes);
  }
}

export async function follow() {
  let wasLost = false;
  for (;;) {
    try {
      const answer = await fetch(`/playground/changes?since=${here.version}`);
      const { version } = await answer.json();
      if (wasLost) say("");
      if (wasLost || String(version) !== here.version) await refresh();
      wasLost = false;
    } catch {
      if (!wasLost) say("The playground does not answer. Trying again…");
      wasLost = true;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

const log = () => document.querySelector(".log");

function isAtEnd() {
  const list = log();
  return list && list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

// Whoever clicked wants to see what comes of it, wherever they had scrolled to.
export function awaitAnswer() {
  isAnswerAwaited = true;
}

// From its beginning on: an answer longer than the screen is read from the top.
function reveal(message) {
  isAnswerAwaited = false;
  const list = log();
  list.scrollTop += message.getBoundingClientRect().top - list.getBoundingClientRect().top;
}

const messages = () => [...document.querySelectorAll(".log [data-message-ts]")];

export function scrollToEnd() {
  const list = log();
  if (list) list.scrollTop = list.scrollHeight;
}
