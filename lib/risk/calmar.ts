import {type Figure, figure, type FigureWith, unavailable} from "../returns/figure.js";
import {DAYS_PER_YEAR} from "../returns/time-weighted.js";

/** What a Calmar ratio was computed with. */
export interface CalmarConstants {
  /** Calendar days in the year of the annual return. */
  daysPerYear: number;
}

/**
 * Returns the Calmar ratio: annual return / |worst drawdown|, the two figures that stand beside it.
 *
 * @param annual yearly return over the whole period, as from `annualize`
 * @param drawdown worst drawdown of the same period, a fraction <= 0, as from `worstDrawdown`
 * @returns the ratio; null, with their reason, when one is null, and when nothing was lost
 * @see Young (1991), "Calmar ratio: a smoother tool", Futures, October 1991, there over 36 months
 */
export function calmar(annual: Figure, drawdown: Figure): FigureWith<CalmarConstants> {
  return {...returnOverDrawdown(annual, drawdown), constants: {daysPerYear: DAYS_PER_YEAR}};
}

/**
 * Returns a yearly return over the size of a drawdown.
 * @returns null, with their reason, when one of them is null, and when nothing was lost
 */
export function returnOverDrawdown(annual: Figure, drawdown: Figure): Figure {
  if (annual.value === null) return unavailable(annual.reason ?? "the annual return is unknown");
  if (drawdown.value === null) return unavailable(drawdown.reason ?? "the drawdown is unknown");
  if (drawdown.value === 0) return unavailable("there was no drawdown to divide by");
  return figure(annual.value / -drawdown.value);
}
