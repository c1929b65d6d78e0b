// Starts everything the page can do. Each part listens on the document, so that swapped-in parts work at once.
import { listenForActions } from "./actions.js";
import { startComposer } from "./composer.js";
import { startAttaching } from "./attach.js";
import { listenForDialogs, showDialogs } from "./dialogs.js";
import { listenForFolds } from "./folds.js";
import { follow, listenForPresses, refresh, scrollToEnd } from "./live.js";
import { keepTime } from "./clock.js";
import { labelMenus, listenForMenus } from "./menus.js";
import { listenForMessages } from "./messages.js";
import { here, send } from "./server.js";
import { listenForSidebar, markUnread } from "./sidebar.js";

function settle() {
  showDialogs();
  labelMenus();
  markUnread();
}

listenForActions();
listenForDialogs();
listenForFolds();
listenForMenus();
listenForMessages();
listenForPresses();
keepTime();
listenForSidebar();
startComposer();
startAttaching();
document.addEventListener("swapped", settle);
settle();
scrollToEnd();
follow();
if (here.place === "home") send("home").finally(refresh);
document.documentElement.dataset.ready = "true";
