import type {Mover, WhatChangedView} from "../../lib/market/views.js";
import {barList} from "../bar-list.js";
import {formatNumber} from "../format.js";
import {tabs} from "../tabs.js";
import {h} from "../dom.js";
import type {Watched} from "../watch-view.js";
import {marketCard} from "./market-card.js";
import {printChange} from "./row-format.js";

const SHOWN = 12;
const HORIZONS = [
  ["1", "1 day"],
  ["5", "5 days"]
] as const;

let horizon: (typeof HORIZONS)[number][0] = "1";

/** Returns the moves that are large by their own measure: in standard deviations of the year before. */
export function whatChangedCard(watched: Watched<WhatChangedView>): HTMLElement {
  return marketCard(watched, "What changed", ({movers, reason}) => {
    const of = (days: string) =>
      movers.filter(({horizonDays}) => String(horizonDays) === days).slice(0, SHOWN);
    const [first] = movers;
    const asOf = movers.reduce<string | null>(
      (day, mover) => (mover.asOf > (day ?? "") ? mover.asOf : day),
      null
    );
    const place = h("div");
    let drawnAt = 0;
    const draw = () => place.replaceChildren(bars(of(horizon), drawnAt));
    return {
      asOf: asOf === null ? null : {day: asOf, source: "Markets"},
      reason: movers.length ? null : (reason ?? "Nothing moved that can be measured."),
      unit: "standard deviations",
      definition:
        "The last change over one day or five, in standard deviations of such changes over the 252 days before: basis points for rates, log returns otherwise.",
      finding: first?.sentence ?? "",
      controls: tabs(HORIZONS, {
        label: "Over",
        chosen: horizon,
        onChoose(next) {
          horizon = next;
          draw();
        }
      }),
      rows: {
        columns: ["measure", "panel", "days", "z", "change", "changes in", "as of"],
        rows: movers.map((mover) => [
          mover.label,
          mover.panel,
          mover.horizonDays,
          mover.z,
          mover.change,
          mover.changeUnit,
          mover.asOf
        ])
      },
      content(width) {
        drawnAt = width;
        draw();
        return place;
      }
    };
  });
}

function bars(movers: readonly Mover[], width: number): Node {
  return barList(
    movers.map(({label, z, change, changeUnit}) => ({
      name: label,
      length: z,
      text: formatNumber(z, {digits: 1, signed: true}),
      more: `${printChange(change, changeUnit)}${changeUnit === "bp" ? " bp" : ""}`,
      color: z < 0 ? "var(--loss)" : "var(--gain)"
    })),
    {width, label: `Largest moves over ${horizon} days`}
  );
}
