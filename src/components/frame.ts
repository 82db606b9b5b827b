import {isServedByBridge, openDesk} from "./desk.js";
import {acceptDrops} from "./import-dialog.js";
import {PAGES} from "./pages.js";
import {openPalette} from "./palette.js";
import {carryViewAlong, fillRail} from "./rail.js";
import {installKillSwitch} from "./trading/kill-switch.js";
import {installShortcuts, openHelp} from "./shortcuts.js";
import {installTips} from "./tip.js";
import {fillTopbar} from "./topbar.js";

/** Runs on every page: fills the frame that stands in its HTML and listens for its keys. */
if (
  PAGES.some(({path, sides = []}) => [path, ...sides].includes(location.pathname)) &&
  isServedByBridge(document.cookie, location.port)
) {
  openDesk().catch(() => undefined); // rows are on their way while the page's modules load; the page tells what failed
}
const end = document.querySelector(".rail-end");
const bar = document.querySelector<HTMLElement>(".topbar");
if (end) fillRail(end);
if (bar) {
  fillTopbar(bar, {search: openPalette, help: openHelp});
  installKillSwitch(bar);
}
carryViewAlong();
acceptDrops();
installShortcuts();
installTips();
