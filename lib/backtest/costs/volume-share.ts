import type {CostPart} from "./combine.js";
import {checkRate} from "./by-bars.js";

/**
 * Returns the impact of a fill as a share of its bar's volume: price × (1 ± impact × min(units / volume, most)²). A bar
 * without any volume counts as the greatest share.
 *
 * @param impact of a fill that is the whole volume, as a fraction of the price
 * @param most share beyond which the impact does not rise; what may be filled at all is `volumeShare` of the rules
 * @throws RangeError when the volume of a fill's bar is not known
 * @see zipline's VolumeShareSlippage and Lean's VolumeShareSlippageModel, whose defaults these are
 */
export function volumeShareImpact({
  impact = 0.1,
  most = 0.025
}: {impact?: number; most?: number} = {}): CostPart {
  checkRate("impact", impact);
  checkRate("most", most);
  return {
    slipped: (units, price, {symbol, volume}, bar) => {
      if (Number.isNaN(volume[bar]))
        throw new RangeError(`impact by volume needs volumes: ${symbol} has none at bar ${bar}`);
      const share = units === 0 ? 0 : Math.min(Math.abs(units) / volume[bar], most);
      return Math.max(price * (1 + Math.sign(units) * impact * share * share), 0);
    }
  };
}
