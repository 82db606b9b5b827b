import {apportion, proportion, sumAmounts, type Amount} from "../../money/amount.js";
import type {ActionGroup, Delta} from "./actions.js";
import {costOf} from "./lot-book.js";
import type {Books} from "./books.js";
import type {Lot} from "./lot.js";
import {rescaled} from "./transfers.js";

/** Types that change the number of shares and nothing else. */
const SCALES = new Set(["FS", "RS", "SD", "SR", "HI"]);

/** Types that take shares away for nothing. */
const WORTHLESS = new Set(["DW", "ED"]);

/** What a statement says of a holding on a day, where it says it. */
export interface Stated {
  /** Price x multiplier of one unit. */
  worth(account: string, holding: string, day: string): Amount | null;
  /** IBKR's cost of the whole position. */
  cost(account: string, holding: string, day: string): Amount | null;
}

/**
 * Whether an exchange of shares realized its whole gain, by the first row's id: told by IBKR's booked figure under
 * first in, first out, and the same under every method.
 */
export type Taxable = Map<string, boolean>;

/** Books a corporate action from its deltas (R22): what left, what came for it, and what it cost. */
export function bookAction(group: ActionGroup, books: Books, stated: Stated, taxable: Taxable): void {
  const {deltas} = group;
  const isShort = goesShort(group, books);
  const lefts = deltas.filter((delta) => delta.move.quantity && isClosing(delta, books, isShort));
  const cames = deltas.filter((delta) => delta.move.quantity && !lefts.includes(delta));
  if (isScaling(lefts, cames, books)) for (const delta of [...lefts, ...cames]) scale(delta, books);
  else if (!lefts.length) for (const delta of cames) receive(delta, group, books, stated);
  else exchange(lefts, cames, books, taxable);
  for (const delta of deltas)
    if (!delta.move.quantity && delta.money) payOut(delta, deltas.length > 1, books);
}

/** Whether it happens to a short position: shares of it come in, or it is a spin-off's parent; what comes for it is short. */
function goesShort({account, deltas, parents}: ActionGroup, books: Books): boolean {
  const isShort = (holding: string) => books.quantity(account, holding) < 0n;
  return (
    deltas.some(({move: {holding, quantity}}) => quantity > 0n && isShort(holding ?? "")) ||
    parents.some(isShort)
  );
}

function isClosing({move: {account, holding, quantity}}: Delta, books: Books, isShort: boolean): boolean {
  const held = books.quantity(account, holding ?? "");
  return held === 0n ? quantity < 0n !== isShort : held > 0n !== quantity > 0n;
}

/** One row a holding, of the types that only change the number, and shares of it are left. */
function isScaling(lefts: readonly Delta[], cames: readonly Delta[], books: Books): boolean {
  if (lefts.length && cames.length) return false;
  return [...lefts, ...cames].every(({type, money, move}) => {
    const held = books.quantity(move.account, move.holding ?? "");
    const after = held + move.quantity;
    return SCALES.has(type) && !money && held !== 0n && after !== 0n && held > 0n === after > 0n;
  });
}

function scale({move}: Delta, books: Books): void {
  const {account, holding, quantity, day} = move;
  const lots = books.takeAll(account, holding ?? "", day);
  const held = sumAmounts(lots.map((lot) => lot.quantity));
  for (const lot of rescaled(lots, held + quantity)) books.add(through(lot, move), day);
}

/** Something came, and nothing left for it: a spin-off, rights, shares of a dividend. */
function receive(delta: Delta, group: ActionGroup, books: Books, stated: Stated): void {
  const {move, type, value} = delta;
  const {account, holding, day, quantity} = move;
  if (type === "SO") {
    const parent = group.parents.find((one) => one !== holding && books.quantity(account, one) !== 0n);
    if (parent) return spinOff(delta, parent, books, stated);
    books.problem("no-parent", move, "the spin-off's parent is not among the lots: its cost stays unknown");
  }
  const wasFlat = books.quantity(account, holding ?? "") === 0n;
  const cost = wasFlat ? stated.cost(account, holding ?? "", day) : null;
  const paid = delta.money && delta.money < 0n ? -delta.money : cost;
  if (paid === null)
    books.problem(
      "no-values",
      move,
      `nothing says what these cost${value ? "" : ", nor what they were worth"}: tick Open Positions, broken out by day`
    );
  books.add(books.opened(move, quantity, paid), day);
}

/** A part of the parent's cost goes to the child: by value at the close, else as IBKR booked the child's cost. */
function spinOff({move, value}: Delta, parent: string, books: Books, stated: Stated): void {
  const {account, holding, day, quantity} = move;
  const lots = books.takeAll(account, parent, day);
  const held = sumAmounts(lots.map((lot) => lot.quantity));
  const cost = costOf(lots);
  const price = stated.worth(account, parent, day);
  const rest = price === null ? null : proportion(held, price, ONE);
  const booked = stated.cost(account, holding ?? "", day);
  const share: [Amount, Amount] | null =
    value && rest !== null && value + rest
      ? [value, value + rest]
      : booked !== null && cost
        ? [booked, cost]
        : null;
  if (!share)
    books.problem(
      "no-values",
      move,
      "nothing says how the cost is divided between parent and child: tick Open Positions, broken out by day"
    );
  const quantities = apportion(
    quantity,
    lots.map((lot) => lot.quantity)
  );
  for (const [i, lot] of lots.entries()) {
    const given = share && lot.cost !== null ? proportion(lot.cost, ...share) : null;
    const kept = given === null || lot.cost === null ? null : lot.cost - given;
    books.add({...through(lot, move), cost: kept, basis: kept === null ? "unknown" : lot.basis}, day);
    const child = {
      ...through(lot, move),
      id: i ? `${move.id}/${i + 1}` : move.id,
      holding: holding ?? "",
      opened: day,
      quantity: quantities[i],
      cost: given,
      premium: 0n,
      washSale: 0n
    };
    books.add({...child, basis: given === null ? "unknown" : lot.basis}, day);
  }
}

const ONE = 10n ** 12n;

/**
 * Shares left, for money, other shares or both. Money alone is a sale. Shares alone carry their cost and days on. Of
 * both, what IBKR booked as realized says how much of the cost went with the money; where it booked the whole gain the
 * new shares begin at their value; where it booked nothing, the cost is divided by money and value.
 */
function exchange(lefts: readonly Delta[], cames: readonly Delta[], books: Books, taxable: Taxable): void {
  const money = sumOf(lefts, "money") + sumOf(cames, "money");
  const all = lefts.flatMap((delta) => {
    const taken = books.take(delta.move, -delta.move.quantity);
    return taken.map((lot) => ({lot, delta}));
  });
  const lots = all.map(({lot}) => lot);
  const closes = all.map(({delta}) => delta);
  if (!cames.length) {
    const unpaid = !lefts.some(({money: paid}) => paid) && !lefts.every(({type}) => WORTHLESS.has(type));
    if (unpaid)
      books.problem(
        "no-counterpart",
        lefts[0].move,
        "shares went, and neither shares nor money came for them: import the statement that has the rest"
      );
    for (const left of lefts) {
      const own = all.filter(({delta}) => delta === left).map(({lot}) => lot);
      books.dispose(own, unpaid ? null : (left.money ?? 0n), left.move);
    }
    return;
  }
  const value = cames.every((came) => came.value !== null) ? sumOf(cames, "value") : null;
  const realized = sumOf(lefts, "realized") + sumOf(cames, "realized");
  const cost = costOf(lots);
  const [{move: first}] = lefts;
  if (!taxable.has(first.id))
    taxable.set(
      first.id,
      value !== null && cost !== null && realized !== 0n && isNear(realized, money + value - cost)
    );
  if (taxable.get(first.id) && value !== null) {
    const shares = apportion(
      money + value,
      lots.map(({quantity}) => quantity)
    );
    for (const [i, lot] of lots.entries()) books.dispose([lot], shares[i], closes[i].move);
    for (const came of cames)
      books.add(books.opened(came.move, came.move.quantity, came.value), came.move.day);
    return;
  }
  const given = money > 0n === (lots[0]?.quantity ?? 0n) > 0n && money !== 0n ? basisGiven() : null;
  const rests = lots.map((lot, i) => {
    if (money === 0n) return lot;
    if (given === null) return {...lot, cost: paidFor(lot, i)};
    const part = given[i];
    books.dispose([{...lot, cost: part, premium: 0n, washSale: 0n}], moneyOf(i), closes[i].move, {
      quantity: 0n
    });
    return {...lot, cost: part === null || lot.cost === null ? null : lot.cost - part};
  });
  carry(rests, cames, books);

  /** What of each lot's cost went with the money. */
  function basisGiven(): (Amount | null)[] {
    if (realized) {
      const parts = byQuantity(money - realized);
      return lots.map((lot, i) => (lot.cost === null ? null : parts[i]));
    }
    if (value !== null && money + value)
      return lots.map((lot) => (lot.cost === null ? null : proportion(lot.cost, money, money + value)));
    books.problem(
      "no-values",
      first,
      "money and shares came, and nothing says what the shares were worth: the cost of both stays unknown"
    );
    return lots.map(() => null);
  }

  function moneyOf(i: number): Amount {
    return byQuantity(money)[i];
  }

  function paidFor({cost: before}: Lot, i: number): Amount | null {
    return before === null ? null : before - moneyOf(i);
  }

  function byQuantity(amount: Amount): Amount[] {
    return apportion(
      amount,
      lots.map(({quantity}) => quantity)
    );
  }
}

/** Lots go on as what came for them; as several things, their cost by what those are worth. */
function carry(lots: readonly Lot[], cames: readonly Delta[], books: Books): void {
  const values = cames.map(({value}) => value);
  const weights = cames.length === 1 ? [ONE] : values.includes(null) ? null : (values as Amount[]); // none is null
  if (!weights)
    books.problem(
      "no-values",
      cames[0].move,
      "several things came, and not all say what they were worth: the cost of each stays unknown"
    );
  const costs = lots.map(({cost}) =>
    cost === null || !weights ? cames.map(() => null) : apportion(cost, weights)
  );
  const premiums = lots.map(({premium}) => (weights ? apportion(premium, weights) : cames.map(() => 0n)));
  const washSales = lots.map(({washSale}) => (weights ? apportion(washSale, weights) : cames.map(() => 0n)));
  for (const [k, {move}] of cames.entries()) {
    for (const [i, lot] of rescaled(lots, move.quantity).entries()) {
      const cost = costs[i][k];
      books.add(
        {
          ...through(lot, move),
          holding: move.holding ?? "",
          currency: move.currency ?? lot.currency,
          cost,
          premium: premiums[i][k],
          washSale: washSales[i][k],
          basis: cost === null ? "unknown" : lot.basis
        },
        move.day
      );
    }
  }
}

/** Cash without shares: a fraction paid out, as IBKR booked it. Cash that is no part of an exchange is income. */
function payOut(delta: Delta, isPart: boolean, books: Books): void {
  const {money, realized, move} = delta;
  if (money === null || (!isPart && realized === null)) return;
  if (realized === null)
    books.problem("no-values", move, "a fraction was paid out, and nothing says what it had cost");
  books.disposeFraction(move, money, realized === null ? null : money - realized);
}

function through(lot: Lot, {table, id}: Delta["move"]): Lot {
  return {...lot, id: lot.id || id, path: [...lot.path, {table, id}]};
}

function sumOf(deltas: readonly Delta[], name: "money" | "value" | "realized"): Amount {
  return deltas.reduce((sum, delta) => sum + (delta[name] ?? 0n), 0n);
}

/** Alike to a cent a figure, as statements round. */
function isNear(a: Amount, b: Amount): boolean {
  const difference = a > b ? a - b : b - a;
  return difference <= 2n * 10n ** 10n;
}
