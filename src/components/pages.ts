import type {IconName} from "./icons.js";

interface SitePage {
  path: string;
  name: string;
  icon: IconName;
  /** After `g`. */
  key: string;
  /** Pages that are a side of it. */
  sides?: readonly string[];
}

/** What the rail leads to. */
export const PAGES: readonly SitePage[] = [
  {path: "/", name: "Portfolio", icon: "portfolio", key: "p"},
  {path: "/performance", name: "Performance", icon: "performance", key: "r"},
  {path: "/risk", name: "Risk", icon: "risk", key: "k"},
  {path: "/positions", name: "Positions", icon: "positions", key: "o"},
  {path: "/campaigns", name: "Campaigns", icon: "campaigns", key: "c"},
  {path: "/history", name: "History", icon: "history", key: "h", sides: ["/income", "/costs", "/gains"]},
  {path: "/markets", name: "Markets", icon: "markets", key: "m"},
  {path: "/backtest", name: "Backtest", icon: "backtest", key: "b", sides: ["/sweep"]},
  {path: "/optimize", name: "Optimize", icon: "optimize", key: "t"},
  {path: "/desk", name: "Desk", icon: "desk", key: "e"},
  {path: "/data", name: "Data", icon: "data", key: "d"},
  {path: "/notebooks/", name: "Notebooks", icon: "notebook", key: "n"}
];
