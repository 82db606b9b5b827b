import {expect, it} from "vitest";
import {fromStream, Meter} from "../../../bridge/store/source.js";
import {readStatements} from "../../../lib/statements/read.js";
import type {StatementRow} from "../../../lib/statements/statement.js";
import {chunksOf} from "./fixture.js";

/** A statement whose dates have slashes: told apart by the last row alone. */
const slashes = (last: string) => `<FlexQueryResponse queryName="slashes" type="AF"><FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="02/01/2024" toDate="02/03/2024" period="" whenGenerated="03/04/2024;060000">
<CashTransactions>
<CashTransaction accountId="U1" currency="USD" type="Dividends" amount="1" transactionID="1" reportDate="02/01/2024" />
${"<!-- a long pause -->\n".repeat(8000)}<CashTransaction accountId="U1" currency="USD" type="Dividends" amount="1" transactionID="2" reportDate="${last}" />
</CashTransactions></FlexStatement></FlexStatements></FlexQueryResponse>`;

async function daysOf(text: string, dateFormat?: "dmy" | "mdy"): Promise<string[]> {
  const days: string[] = [];
  const sink = {statement() {}, row: ({day}: StatementRow) => void days.push(day)};
  const options = dateFormat ? {dateFormat} : {};
  await readStatements(fromStream(chunksOf(new TextEncoder().encode(text), 5000), options), sink, options);
  return days;
}

it("fromStream(stream) lets a stream be read again to tell day from month", async () => {
  expect(await daysOf(slashes("02/13/2024"))).toEqual(["2024-02-01", "2024-02-13"]);
  expect(await daysOf(slashes("13/02/2024"))).toEqual(["2024-01-02", "2024-02-13"]);
  expect(await daysOf(slashes("02/02/2024"), "dmy")).toEqual(["2024-01-02", "2024-02-02"]);
  await expect(daysOf(slashes("02/02/2024"))).rejects.toMatchObject({problem: {code: "ambiguous-date"}});
});

it("fromStream(stream) lets a stream be read again to tell the period of a Flex CSV without records", async () => {
  const trades = '"ClientAccountID","Symbol","TradePrice","TradeDate"\n"U1","ALFA","1","20240201"\n';
  const nav =
    '"ClientAccountID","FromDate","ToDate","StartingValue","EndingValue"\n"U1","20240201","20240229","1","2"\n';
  expect(await daysOf(trades.repeat(500) + nav)).toHaveLength(501);
});

it("Meter measures the last reading, whole", async () => {
  const meter = new Meter();
  const bytes = new TextEncoder().encode("abc");
  const open = meter.measure(
    () => chunksOf(bytes, 2),
    async () => {}
  );
  for await (const _ of open()) break;
  for await (const _ of open());
  expect(meter.bytes).toBe(3);
  // FIPS 180-2, appendix B.1
  expect(meter.sha256()).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
