/** `TRADING_MODE` of the settings. */
export type TradingMode = "paper" | "ibkr-paper" | "live";

/** Ports of TWS and IB Gateway as they are shipped. */
const PAPER_PORTS: ReadonlySet<number> = new Set([7497, 4002]);
const LIVE_PORTS: ReadonlySet<number> = new Set([7496, 4001]);

/** Tells whether an account's id is of paper trading (DU, DF); all others are money. */
export const isPaperAccount = (account: string): boolean => /^D[UF]/.test(account);

/**
 * Returns why orders may not go to IBKR in a mode, one sentence; null when the port's class, every account's prefix and
 * the mode all say the same.
 *
 * @param accounts all that TWS manages; with none nothing may go out
 */
export function modeProblem(
  mode: TradingMode,
  {accounts, port}: {accounts: readonly string[]; port: number}
): string | null {
  if (mode === "paper") return "orders go to the built-in paper broker: TRADING_MODE is paper";
  if (!accounts.length) return "TWS has not said which accounts it manages";
  const isLive = mode === "live";
  const ports = isLive ? LIVE_PORTS : PAPER_PORTS;
  if (!ports.has(port))
    return `port ${port} is not one of ${[...ports].join(" and ")}, where TRADING_MODE=${mode} may trade`;
  const other = accounts.find((account) => isPaperAccount(account) === isLive);
  if (other === undefined) return null;
  return isLive
    ? `account ${other} is a paper account, and TRADING_MODE is live: no order goes out`
    : `account ${other} is not a paper account, and TRADING_MODE is ibkr-paper: no order goes out`;
}
