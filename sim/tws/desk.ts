/** What all sessions share, and what answers need to answer. */

import type {Catalogue} from "./catalogue.js";
import type {Exchange} from "./exchange.js";
import type {TwsFaults} from "./faults.js";
import type {House} from "./house.js";
import type {Market} from "./market.js";
import type {Request} from "./wire/requests.js";

export interface Desk {
  version: number;
  catalogue: Catalogue;
  market: Market;
  house: House;
  exchange: Exchange;
  faults: TwsFaults;
  isOpen: (now: Date) => boolean;
  clock: () => Date;
}

/** One request as it came. */
export interface TwsCall {
  clientId: number;
  at: Date;
  request: Request;
}
