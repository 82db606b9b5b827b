import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root} from "../../../config.js";

const css = readFileSync(join(root, "src/style/tokens.css"), "utf8");

type Theme = "light" | "dark";
const THEMES: Theme[] = ["light", "dark"];

/** The tokens that are a colour in each theme: --name: light-dark(LIGHT, DARK). */
const colors = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    {light, dark}
  ])
);

function color(name: string, theme: Theme): number[] {
  const hex = colors.get(name)?.[theme];
  if (!hex) throw new Error(`no such colour: ${name}`);
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const mix = (a: readonly number[], b: readonly number[], share: number) =>
  a.map((c, i) => c * share + b[i] * (1 - share));

const GROUNDS = ["ground", "surface", "raised", "hover"];
const GAINS = ["gain-green", "loss-red", "gain-blue", "loss-orange"];
const WORDS = ["ink", "ink-2", "ink-3", "accent", "good", "warn", "bad", ...GAINS];
const MARKS = [...Array.from({length: 8}, (_, i) => `category-${i + 1}`), "benchmark", "control"];

it.each(THEMES)("text is readable on every ground of the %s theme: 4.5 to 1", (theme) => {
  const pairs = [
    ...WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground])),
    ["ink", "selected"],
    ["ink-2", "selected"]
  ];
  const faint = pairs.map(([word, ground]) => ({
    word,
    ground,
    ratio: contrast(color(word, theme), color(ground, theme))
  }));
  expect(faint.filter(({ratio}) => ratio < 4.5)).toEqual([]);
});

it.each(THEMES)("marks stand out from the surface of the %s theme: 3 to 1", (theme) => {
  const faint = MARKS.map((mark) => ({mark, ratio: contrast(color(mark, theme), color("surface", theme))}));
  expect(faint.filter(({ratio}) => ratio < 3)).toEqual([]);
});

it.each(THEMES)("words on buttons and badges of the %s theme are readable", (theme) => {
  const on = [
    ["on-accent", "accent"],
    ["on-mode", "demo"],
    ["on-mode", "paper"],
    ["on-mode", "live"]
  ];
  expect(on.filter(([word, ground]) => contrast(color(word, theme), color(ground, theme)) < 4.5)).toEqual([]);
});

it.each(THEMES)("a figure is readable on the strongest tint of the heatmap in the %s theme", (theme) => {
  for (const tint of GAINS) {
    const cell = mix(color(tint, theme), color("surface", theme), 0.46);
    expect(contrast(color("ink", theme), cell), tint).toBeGreaterThan(4.5);
  }
});

it.each(THEMES)("gain and loss differ in lightness too in the %s theme", (theme) => {
  const lightness = (name: string) => 116 * Math.cbrt(luminance(color(name, theme))) - 16;
  expect(Math.abs(lightness("gain-green") - lightness("loss-red"))).toBeGreaterThan(6);
  expect(Math.abs(lightness("gain-blue") - lightness("loss-orange"))).toBeGreaterThan(6);
});

it("sizes and weights are the few that there are", () => {
  const sizes = [...css.matchAll(/--size-\d: (\d+)px/g)].map(([, size]) => Number(size));
  expect(sizes).toEqual([12, 13, 15, 18, 24, 32]);
  const rest = ["base", "frame", "controls", "cards", "tables", "charts"].map((name) =>
    readFileSync(join(root, `src/style/${name}.css`), "utf8")
  );
  for (const text of rest)
    expect(text.match(/font-size: (?!var\(|inherit)|#[0-9a-f]{3,8}\b(?!-)/gi)).toBeNull();
});
