// Where the clock can be moved it is shown, and it goes on by itself.
import { refresh } from "./live.js";

const MINUTE = 60_000;

export function keepTime() {
  if (document.querySelector("[data-part=clock]")) setInterval(refresh, MINUTE);
}
