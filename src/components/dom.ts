type Child = Node | string | number | null | undefined | false;

type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

/** Returns an HTML element; a key that starts with `on` is a listener, null and false leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes?: Attributes | null,
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(name), attributes, children);
}

/** Returns an SVG element, with the same rules. */
export function s<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes?: Attributes | null,
  ...children: (Child | Child[])[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill<E extends Element>(
  element: E,
  attributes: Attributes | null | undefined,
  children: unknown[]
): E {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") {
      element.addEventListener(key.slice(2), value as EventListener); // whose event the key names
    } else {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  element.append(...(children as (Child | Child[])[]).flat().filter(isShown).map(toNode));
  return element;
}

const isShown = (child: Child): child is Node | string | number =>
  child !== null && child !== undefined && child !== false;

const toNode = (child: Node | string | number): Node | string =>
  child instanceof Node ? child : String(child);

let count = 0;

/** Returns an id that no other element of the page has. */
export function uniqueId(prefix: string): string {
  return `${prefix}-${++count}`;
}

/** Returns text that only a screen reader meets. */
export function spoken(text: string): HTMLElement {
  return h("span", {class: "spoken"}, text);
}

/** Returns whether keys typed at this element are text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
