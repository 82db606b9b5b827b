import type {ChannelName} from "../../lib/live/channels.js";
import {h} from "../dom.js";
import {watchLive} from "./channels.js";

/** Where a node's row is: a channel and a key of it. */
export type Place = readonly [channel: ChannelName, key: string];

interface Live {
  node: HTMLElement;
  draw: () => void;
  wasShown: boolean;
}

const places = new Map<string, Set<Live>>();
const watched = new Set<ChannelName>();
const aging = new Set<Live>();
let clock: ReturnType<typeof setInterval> | undefined;

/** How long a figure flashes, and how long after it began it may again, milliseconds. */
const [FLASH_MS, REST_MS] = [150, 500];

/**
 * Returns a node that is drawn at once and again with each change of the rows that it shows, until it leaves the page.
 * @param draw gives its content; a changed text flashes once
 */
export function liveNode(
  from: readonly Place[],
  draw: () => Node | string,
  {className = "", ages = false}: {className?: string; ages?: boolean} = {}
): HTMLElement {
  const node = h("span", {class: className ? `live-node ${className}` : "live-node"});
  let flashedAt = 0;
  let text: string | null = null;
  const live: Live = {
    node,
    wasShown: false,
    draw() {
      const content = draw();
      const next = typeof content === "string" ? content : (content.textContent ?? "");
      if (typeof content === "string") {
        if (next !== text) write(node, next);
      } else if (!node.firstChild?.isEqualNode(content)) node.replaceChildren(content);
      const isNews = text !== null && text !== "" && next !== text && !ages;
      text = next;
      if (isNews && performance.now() - flashedAt > REST_MS) {
        flashedAt = performance.now();
        flash(node);
      }
    }
  };
  for (const [channel, key] of from) {
    const name = `${channel} ${key}`;
    places.set(name, (places.get(name) ?? new Set()).add(live));
    if (watched.has(channel)) continue;
    watched.add(channel);
    watchLive(channel, (changed) => {
      for (const one of changed) drawAll(`${channel} ${one}`);
    });
  }
  if (ages) {
    clock ??= setInterval(drawAges, 1000);
    aging.add(live);
  }
  live.draw();
  return node;
}

/** Changes the text that stands there, where one does: a new text would be styled and laid out from nothing. */
function write(node: HTMLElement, text: string): void {
  const {firstChild} = node;
  if (firstChild instanceof Text) firstChild.data = text;
  else node.textContent = text;
}

/** Lit and out, nothing between: what fades is drawn anew with every frame. */
function flash(node: HTMLElement): void {
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), FLASH_MS);
}

function drawAll(name: string): void {
  const all = places.get(name);
  if (!all) return;
  for (const live of all) if (!drawn(live)) all.delete(live);
  if (!all.size) places.delete(name);
}

function drawAges(): void {
  for (const live of aging) if (!drawn(live)) aging.delete(live);
}

/** False once it has left the page. */
function drawn(live: Live): boolean {
  if (live.node.isConnected) live.wasShown = true;
  else if (live.wasShown) return false;
  live.draw();
  return true;
}
