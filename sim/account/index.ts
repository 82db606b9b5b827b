/** The demo account: an invented IBKR customer, kept in double entry on its own, and the Flex statements of it. */

export {activityCsv, type ActivityOptions} from "./activity/activity-csv.js";
export {demoIndex, type DemoIndex} from "./benchmark.js";
export {demoBooks, knownAt, type Books, type Planted} from "./books.js";
export {flexCsv, type CsvDelivery} from "./flex/flex-csv.js";
export {flexXml, type FlexOptions, type Query} from "./flex/flex-xml.js";
export {QUERIES, statementsFor, type StatementProvider} from "./provider.js";
export {demoSectors} from "./sectors.js";
