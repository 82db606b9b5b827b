/** Colours of the theme as a canvas takes them. */
export interface CanvasColors {
  rgb: (token: string) => [number, number, number];
  css: (token: string) => string;
}

/** Returns the tokens' colours as they are where an element stands: by theme, and by the person's choice of hues. */
export function colorsAt(element: HTMLElement): CanvasColors {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const known = new Map<string, string>();
  const css = (token: string) => {
    let color = known.get(token);
    if (color === undefined) {
      element.append(probe);
      probe.style.color = `var(--${token})`;
      known.set(token, (color = getComputedStyle(probe).color));
      probe.remove();
    }
    return color;
  };
  probe.remove();
  return {
    css,
    rgb(token) {
      const [r = 0, g = 0, b = 0] = (css(token).match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b];
    }
  };
}

/** Calls back when the theme or the person's choice of hues changes; returns what ends it. */
export function onThemeChange(call: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(call);
  observer.observe(document.documentElement, {attributeFilter: ["data-theme", "data-gains"]});
  dark.addEventListener("change", call);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", call);
  };
}

/** Returns a canvas's context for a size in CSS pixels, sharp on the screen it is on. */
export function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!; // a canvas that never had another kind
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
