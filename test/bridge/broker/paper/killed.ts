/** Trades on paper as fast as it can until it is killed; says on stdout what it has been told. */
import {createPaperBroker} from "../../../../bridge/broker/paper/paper.js";
import {openPaperStore} from "../../../../bridge/broker/paper/store.js";
import {HandMarket, intent} from "./market.js";

const market = new HandMarket();
const broker = createPaperBroker({
  data: market,
  store: openPaperStore(process.argv[2]),
  now: () => market.now
});
broker.subscribe((event) => {
  if (event.kind === "execution") process.stdout.write(`${event.execution.execId}\n`);
});
for (let n = 1; ; ++n) {
  const action = n % 2 ? "BUY" : "SELL";
  await broker.place({
    intent: intent(n, {action, quantity: 10}),
    orderId: broker.takeOrderId(0),
    transmit: true
  });
  market.move(230 + (n % 7), 230.1 + (n % 7));
}
