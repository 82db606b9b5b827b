import * as fc from "fast-check";
import {expect, it} from "vitest";
import {detectFormat} from "../../../../lib/statements/detect.js";
import {ActivityCsvParser} from "../../../../lib/statements/activity/parser.js";
import {StatementError, type StatementRow} from "../../../../lib/statements/statement.js";
import {activityCsv} from "../../../../sim/account/index.js";
import {long} from "../../../long.js";
import {parseWith, readText, refusalOf} from "../collect.js";
import {statement, STOCK_HEADER} from "./fixture.js";
import {booksAt} from "../../demo.js";

const trade = (quantity: string, symbol = "AAPL", time = "2025-03-03, 10:12:44") =>
  `Trades,Data,Order,Stocks,USD,${symbol},"${time}",${quantity},1,1,-1,-1,2,0,0,O`;
const trades = (...lines: string[]) => statement([STOCK_HEADER, ...lines].join("\n"));
const of = (rows: readonly StatementRow[], element: string) => rows.filter((row) => row.element === element);

it("a number that is none is refused with its column and line", async () => {
  expect(await refusalOf(trades(trade("10"), trade("1x0")))).toEqual({
    code: "bad-number",
    where: "Trades@Quantity, line 14",
    message: "Trades@Quantity is no number: 1x0 (line 14): download the statement again"
  });
});

it("a number in the way of another country is refused, not read as another number", async () => {
  expect(await refusalOf(trades(trade('"1.234,50"')))).toMatchObject({code: "bad-number"});
  expect(await refusalOf(trades(trade('"1,20"')))).toMatchObject({code: "bad-number"});
});

it("a date that is none is refused with its line, where it places the row", async () => {
  expect(await refusalOf(trades(trade("10", "AAPL", "2025-02-30, 10:00:00")))).toMatchObject({
    code: "bad-date",
    where: "Trades@Date/Time, line 13"
  });
});

it("a date with slashes is read in the order that is given, else refused", async () => {
  const text = trades(trade("10", "AAPL", "02/03/2025, 10:00:00"));
  expect(await refusalOf(text)).toMatchObject({code: "ambiguous-date"});
  const {rows} = await readText(text, {dateFormat: "dmy"});
  expect(of(rows, "Trade").map(({day}) => day)).toEqual(["2025-03-03"]);
});

it("dates in the future are dates", async () => {
  const {rows, warnings} = await readText(trades(trade("10", "AAPL", "2099-03-03, 10:12:44")));
  expect(of(rows, "Trade").map(({day}) => day)).toEqual(["2099-03-03"]);
  expect(warnings).toEqual([]);
});

it("quantities of 1e-9 and 1e12 are exact", async () => {
  const {rows} = await readText(trades(trade("0.000000001"), trade('"1,000,000,000,000"'), trade("1E-9")));
  expect(of(rows, "Trade").map(({fields}) => fields.quantity)).toEqual([
    "0.000000001",
    "1000000000000",
    "0.000000001"
  ]);
});

it("a line with too few or too many cells is refused with its line", async () => {
  const short = "Trades,Data,Order,Stocks,USD,AAPL";
  expect(await refusalOf(trades(trade("10"), short, trade("10")))).toMatchObject({
    code: "bad-columns",
    where: "Trades, line 14"
  });
  expect(await refusalOf(trades(`${trade("10")},7`))).toMatchObject({
    code: "bad-columns",
    where: "Trades, line 13"
  });
  expect(await refusalOf(statement(trade("10")))).toMatchObject({code: "bad-columns"});
});

it("empty cells at the end of lines may come and go", async () => {
  const padded = trades(trade("10")).replace(/\n/g, ",,,,\n");
  const cut = trades(trade("10").replace(/,O$/, ""));
  for (const text of [padded, cut]) expect(of((await readText(text)).rows, "Trade")).toHaveLength(1);
});

it("a file that is cut inside a line is refused as truncated", async () => {
  const text = trades(trade("10"));
  expect(await refusalOf(text.slice(0, text.lastIndexOf('10:12:44"')))).toMatchObject({code: "truncated"});
  expect(await refusalOf(text.slice(0, -16))).toMatchObject({code: "truncated", where: "line 13"});
});

it("a file cut anywhere is refused, or gives no row that the whole file does not give, but for the last", () => {
  const books = booksAt(new Date("2026-11-22T11:00:00Z"));
  const whole = [
    ...activityCsv(books, {account: books.accounts[1], from: books.days[200], to: books.days[210]})
  ].join("");
  const key = ({section, element, fields}: StatementRow) =>
    [section, element, fields.symbol ?? fields.currency, fields.dateTime ?? ""].join(" ");
  const known = new Set(parseWith(ActivityCsvParser, whole).rows.map(key));
  fc.assert(
    fc.property(fc.integer({min: 0, max: whole.length}), (length) => {
      try {
        const {rows} = parseWith(ActivityCsvParser, whole.slice(0, length));
        expect(rows.filter((row) => !known.has(key(row))).length).toBeLessThanOrEqual(1);
      } catch (error) {
        expect(error).toBeInstanceOf(StatementError);
      }
    }),
    {numRuns: long(500)}
  );
});

it("a section that is not known is kept among the raw rows, with a warning", async () => {
  const {rows, sections, warnings} = await readText(
    statement(`Stock Yield Enhancement Program Securities Lent,Header,Asset Category,Currency,Symbol,Start Date,Quantity
Stock Yield Enhancement Program Securities Lent,Data,Stocks,USD,AAPL,2025-01-01,"1,000"
Stock Yield Enhancement Program Securities Lent,Total,,,,,"1,000"`)
  );
  const section = "stockYieldEnhancementProgramSecuritiesLent";
  expect(sections).toContainEqual([0, section]);
  expect(of(rows, section).map(({level, fields}) => [level, fields])).toEqual([
    [
      "",
      {assetCategory: "Stocks", currency: "USD", symbol: "AAPL", startDate: "2025-01-01", quantity: "1000"}
    ],
    ["TOTAL", {quantity: "1000"}]
  ]);
  expect(warnings).toContainEqual({
    code: "unknown-element",
    where: "Stock Yield Enhancement Program Securities Lent",
    count: 1
  });
});

it("a column that is not known is kept, with a warning", async () => {
  const text = trades(trade("10"))
    .replace(/,Code\n/, ",Code,Brand New\n")
    .replace(/,O\n/, ",O,77\n");
  const {rows, warnings} = await readText(text);
  expect(of(rows, "Trade")[0].fields).toMatchObject({brandNew: "77"});
  expect(warnings).toEqual([{code: "unknown-attribute", where: "Trades@Brand New", count: 1}]);
});

it("an asset category that is not known stays as it is printed, with a warning", async () => {
  const {rows, warnings} = await readText(trades(trade("10").replace("Stocks", "Space Rocks")));
  expect(of(rows, "Trade")[0]).toMatchObject({kind: "Space Rocks", fields: {assetCategory: "Space Rocks"}});
  expect(warnings).toEqual([{code: "unknown-category", where: "Trades", count: 1}]);
});

it("stocks that say who holds them are stocks", async () => {
  const {rows, warnings} = await readText(
    trades(trade("10").replace("Stocks", "Stocks - Held with Interactive Brokers (U.K.) Limited"))
  );
  expect(of(rows, "Trade")[0].kind).toBe("STK");
  expect(warnings).toEqual([]);
});

it("a statement in another language is refused with the names that are not known", async () => {
  const text = `Statement,Header,Имя поля,Значение поля
Statement,Data,Title,Отчет о деятельности
Statement,Data,Period,"Январь 1, 2025 - Декабрь 31, 2025"
Информация о счете,Header,Имя поля,Значение поля
Информация о счете,Data,Счет,U1234567
Сделки,Header,DataDiscriminator,Класс актива,Валюта,Символ
`;
  const {code, message} = await refusalOf(text);
  expect(code).toBe("language");
  expect(message).toContain('"Информация о счете", "Сделки"');
  expect(message).toContain("set the statement language to English");
  const period = statement().replace("January 1, 2025", "1 января 2025");
  expect(await refusalOf(period)).toMatchObject({code: "language"});
});

it("a statement whose first section is translated too is one in another language, no unknown CSV", async () => {
  const text = `Extracto,Header,Nombre del campo,Valor del campo
Extracto,Data,BrokerName,Interactive Brokers LLC
Operaciones,Header,DataDiscriminator,Divisa
`;
  expect(detectFormat(text).format).toBe("activity-csv");
  const {code, message} = await refusalOf(text);
  expect(code).toBe("language");
  expect(message).toContain('"Extracto", "Operaciones"');
});

it("a file without period, account or currency says what it lacks", async () => {
  const whole = statement();
  expect(await refusalOf(whole.replace(/Statement,Data,Period.*\n/, ""))).toMatchObject({
    code: "missing-period"
  });
  expect(await refusalOf(whole.replace("January 1, 2025", "January 41, 2025"))).toMatchObject({
    code: "bad-period"
  });
  expect(await refusalOf(whole.replace("January 1, 2025", "January 1, 2026"))).toMatchObject({
    code: "bad-period"
  });
  expect(await refusalOf(whole.replace("Currency,USD", "Currency,DOLLARS"))).toMatchObject({
    code: "bad-currency"
  });
  expect(await refusalOf(whole.replace(/Account Information,Data,Account,.*\n/, ""))).toMatchObject({
    code: "missing-account"
  });
});

it("lines that are none of a statement are passed over with a warning", async () => {
  const {warnings} = await readText(statement("Total P/L for Statement Period,,,,,,,,21873.54809282,"));
  expect(warnings).toEqual([{code: "unexpected-text", where: "", count: 1}]);
});

it("pieces of any size, CRLF and a byte order mark give the same rows", () => {
  const text = trades(trade("10"), trade('"1,000"', "A B"));
  const whole = parseWith(ActivityCsvParser, text);
  fc.assert(
    fc.property(fc.integer({min: 1, max: 50}), (size) => {
      const other = `\ufeff${text.replaceAll("\n", "\r\n")}`;
      const pieces = Array.from({length: Math.ceil(other.length / size)}, (_, i) =>
        other.slice(i * size, (i + 1) * size)
      );
      expect(parseWith(ActivityCsvParser, pieces)).toEqual(whole);
    }),
    {numRuns: long(200)}
  );
});

it("whatever stands in a cell, the file is read or refused with a reason", () => {
  const books = booksAt(new Date("2026-11-22T11:00:00Z"));
  const stretch = {account: books.accounts[1], from: books.days[200], to: books.days[204]};
  const lines = [...activityCsv(books, stretch)].join("").split("\n");
  const junk = fc.oneof(
    fc.constantFrom(
      "",
      "-",
      "Total",
      "Header",
      "1,2",
      "1e400",
      "2025-13-01",
      "__proto__",
      "constructor",
      '"',
      "U*"
    ),
    fc.string({maxLength: 6})
  );
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.nat(15), junk, (n, place, text) => {
      const cells = lines[n].split(",");
      cells[place % cells.length] = text;
      try {
        parseWith(ActivityCsvParser, lines.with(n, cells.join(",")).join("\n"));
      } catch (error) {
        expect(error).toBeInstanceOf(StatementError);
      }
    }),
    {numRuns: long(2000)}
  );
});
