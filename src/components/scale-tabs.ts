import {tabs} from "./tabs.js";

/** How values of a chart stand apart: by their difference, or by their ratio. */
export type Scale = "linear" | "log";

/** Returns the choice of a chart's scale. */
export function scaleTabs(chosen: Scale, onChoose: (scale: Scale) => void): HTMLElement {
  return tabs(
    [
      ["linear", "Linear"],
      ["log", "Log"]
    ],
    {label: "Scale", chosen, onChoose}
  );
}
