// The list of conversations: which have something new, and its drawer on narrow screens.
import { here } from "./server.js";

export function listenForSidebar() {
  const button = document.querySelector(".sidebar-button");
  const toggle = (isOpen) => {
    document.body.classList.toggle("sidebar-open", isOpen);
    button.ariaExpanded = String(isOpen);
  };
  button.addEventListener("click", () => toggle(button.ariaExpanded !== "true"));
  document.querySelector(".main").addEventListener("click", () => toggle(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
}

// Slack keeps what was read on the server; here the browser remembers it for each person.
export function markUnread() {
  for (const link of document.querySelectorAll(".place[data-latest]")) {
    const { place, latest } = link.dataset;
    const key = `read ${here.user} ${place}`;
    if (place === here.place) sessionStorage.setItem(key, latest);
    link.classList.toggle("unread", latest > (sessionStorage.getItem(key) ?? ""));
  }
}
