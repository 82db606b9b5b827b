import type {Config} from "../config.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";

interface CampaignFlags extends ScopeFlags {
  symbol?: string;
  tag?: string;
  demo?: true;
  json?: true;
}

/** `tearsheet campaigns`: what each underlying was traded for, from flat to flat, and what it brought. */
export async function printCampaigns(
  config: Config,
  {demo, json, symbol, tag, ...flags}: CampaignFlags
): Promise<void> {
  const query = {...scopeQuery(flags), ...(symbol && {symbol}), ...(tag && {tag})};
  const view = await withFigures(config, {demo, query, positions: "latest"}, (figures) =>
    figures.campaigns(query)
  );
  if (json) return printJson(view);
  printTable(
    view.campaigns.map((one) => ({
      account: one.account,
      underlying: one.underlying,
      structure: one.structure,
      opened: one.opened ?? "before",
      closed: one.closed ?? "open",
      rolls: one.rolls,
      premium: one.premium.value ?? "n/a",
      gain: one.gain.value ?? "n/a",
      currency: one.currency,
      return: one.return.value === null ? "n/a" : `${(100 * one.return.value).toFixed(2)}%`,
      tags: one.tags.join(", ")
    }))
  );
  const {total, outside, scope, byTag} = view;
  for (const {name, campaigns, gain} of byTag)
    if (name) note(`tag ${name}: ${campaigns} campaigns, gain ${gain.value ?? `n/a (${gain.reason})`}`);
  note(
    `${total.campaigns} campaigns, in ${scope.currency ?? "no currency"}: gain ${total.gain.value ?? `n/a (${total.gain.reason})`}; in none of them: ${outside.amount.value ?? "n/a"}`
  );
}
