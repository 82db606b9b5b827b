import * as fc from "fast-check";
import {expect, it} from "vitest";
import {file, flex, HEADER, parse, rowOf} from "./flex.js";

it("FlexXmlParser gives a statement's header in canonical form", () => {
  expect(parse(flex("")).headers).toEqual([
    {
      ordinal: 0,
      format: "flex-xml",
      account: "U1",
      from: "2025-01-01",
      to: "2025-01-31",
      generated: "2025-02-01T06:30:00",
      queryName: "all",
      queryType: "AF"
    }
  ]);
});

it("FlexXmlParser gives a row with its day, level, kind and canonical fields, in IBKR's order", () => {
  const row =
    rowOf(`<Trades><Trade accountId="U1" acctAlias="" currency="USD" fxRateToBase="0.90" assetCategory="STK"
    symbol="AAPL" conid="265598" dateTime="20250115;093015" reportDate="20250115" quantity="1,000" tradePrice="1E-2"
    notes="P,C" isAPIOrder="No" tradeTime="093015" levelOfDetail="Execution" transactionID="77"/></Trades>`);
  expect(row).toEqual({
    statement: 0,
    section: "Trades",
    element: "Trade",
    account: "U1",
    day: "2025-01-15",
    from: "",
    to: "",
    level: "EXECUTION",
    kind: "STK",
    fields: {
      accountId: "U1",
      currency: "USD",
      fxRateToBase: "0.9",
      assetCategory: "STK",
      symbol: "AAPL",
      conid: "265598",
      dateTime: "2025-01-15T09:30:15",
      reportDate: "2025-01-15",
      quantity: "1000",
      tradePrice: "0.01",
      notes: "P;C",
      isAPIOrder: "N",
      tradeTime: "09:30:15",
      levelOfDetail: "Execution",
      transactionID: "77"
    }
  });
  expect(Object.keys(row.fields).slice(0, 3)).toEqual(["accountId", "currency", "fxRateToBase"]);
});

it("FlexXmlParser leaves out what says that there is no value", () => {
  const {fields} = rowOf(
    '<Trades><Trade symbol="" isin="-" cusip="--" tradeID="N/A" origTradeID=" " ibExecID="0"/></Trades>'
  );
  expect(fields).toEqual({ibExecID: "0"});
});

it("FlexXmlParser takes a single as its own section and flattens FxLots", () => {
  const {rows, sections} = parse(
    flex(`<AccountInformation accountId="U1" currency="USD"/>
      <FxPositions><FxLots><FxLot fxCurrency="EUR" quantity="5" reportDate="20250131"/></FxLots></FxPositions>
      <OptionEAE><OptionEAE transactionType="Assignment" date="20250117"/></OptionEAE><Transfers/>`)
  );
  expect(rows.map(({section, element, day}) => [section, element, day])).toEqual([
    ["AccountInformation", "AccountInformation", ""],
    ["FxPositions", "FxLot", "2025-01-31"],
    ["OptionEAE", "OptionEAE", "2025-01-17"]
  ]);
  expect(sections).toEqual(["AccountInformation", "FxPositions", "OptionEAE", "Transfers"]);
});

it("FlexXmlParser gives a row of a period its own days, else the statement's", () => {
  const {rows} = parse(
    flex(`<ChangeInNAV fromDate="20250102" toDate="20250103" mtm="1"/>
      <MTMPerformanceSummaryInBase><MTMPerformanceSummaryUnderlying symbol="A" reportDate="20250131" total="2"/></MTMPerformanceSummaryInBase>
      <CashReport><CashReportCurrency currency="USD" endingCash="3"/></CashReport>`)
  );
  expect(rows.map(({day, from, to}) => [day, from, to])).toEqual([
    ["", "2025-01-02", "2025-01-03"],
    ["", "2025-01-01", "2025-01-31"],
    ["", "2025-01-01", "2025-01-31"]
  ]);
});

it("FlexXmlParser falls back on the trade's and the cash's own date where there is no report date", () => {
  const {rows} = parse(
    flex(`<Trades><Trade tradeDate="20250110" dateTime="20250109;235959"/><Trade dateTime="20250109;235959"/></Trades>
      <CashTransactions><CashTransaction dateTime="20250107;202000" settleDate="20250108"/><CashTransaction settleDate="20250108"/></CashTransactions>
      <OpenPositions><OpenPosition symbol="A" position="1"/></OpenPositions>`)
  );
  expect(rows.map(({day, to}) => day || to)).toEqual([
    "2025-01-10",
    "2025-01-09",
    "2025-01-07",
    "2025-01-08",
    "2025-01-31"
  ]);
});

it("FlexXmlParser reads several statements of a file, also of one account", () => {
  const day = (date: string, account: string) =>
    `<FlexStatement accountId="${account}" fromDate="${date}" toDate="${date}" whenGenerated=""><Trades><Trade reportDate="${date}"/></Trades></FlexStatement>`;
  const {headers, rows, warnings} = parse(
    file(day("20250102", "U1") + day("20250103", "U1") + day("20250103", "U2"), 3)
  );
  expect(headers.map(({ordinal, account, from, generated}) => [ordinal, account, from, generated])).toEqual([
    [0, "U1", "2025-01-02", ""],
    [1, "U1", "2025-01-03", ""],
    [2, "U2", "2025-01-03", ""]
  ]);
  expect(rows.map(({statement, account, day: on}) => [statement, account, on])).toEqual([
    [0, "U1", "2025-01-02"],
    [1, "U1", "2025-01-03"],
    [2, "U2", "2025-01-03"]
  ]);
  expect(warnings).toEqual([]);
});

it("FlexXmlParser keeps what it does not know, and says so", () => {
  const {rows, warnings, sections} = parse(
    flex(`<Trades><Trade symbol="A" foo="1,5"/><Trade symbol="B" foo=""/><Novelty bar="x" reportDate="20250102"/></Trades>
      <NewThings><NewThing amount="1,000"/></NewThings><Single x="1"/>`)
  );
  expect(rows.map(({section, element, day, fields}) => [section, element, day, fields])).toEqual([
    ["Trades", "Trade", "", {symbol: "A", foo: "1,5"}],
    ["Trades", "Trade", "", {symbol: "B"}],
    ["Trades", "Novelty", "2025-01-02", {bar: "x", reportDate: "2025-01-02"}],
    ["NewThings", "NewThing", "", {amount: "1,000"}],
    ["Single", "Single", "", {x: "1"}]
  ]);
  expect(sections).toEqual(["Trades", "NewThings", "Single"]);
  expect(warnings).toEqual([
    {code: "unknown-attribute", where: "Trade@foo", count: 2},
    {code: "unknown-element", where: "Novelty", count: 1},
    {code: "unknown-element", where: "NewThings", count: 1},
    {code: "unknown-element", where: "NewThing", count: 1},
    {code: "unknown-element", where: "Single", count: 1}
  ]);
});

it("FlexXmlParser reads a part of the change in NAV that no list has, as a number", () => {
  const {rows, warnings} = parse(
    flex('<ChangeInNAV startingValue="1" noveltyCredits="2.50" endingValue="3.5"/>')
  );
  expect(rows[0].fields.noveltyCredits).toBe("2.5");
  expect(warnings).toEqual([{code: "unknown-attribute", where: "ChangeInNAV@noveltyCredits", count: 1}]);
});

it("FlexXmlParser never keeps the person's own fields, known or new", () => {
  const person = [
    "name", "acctAlias", "accountAlias", "alias", "street", "street2", "city", "state", "country", "postalCode",
    "streetResidentialAddress", "street2ResidentialAddress", "cityResidentialAddress", "stateResidentialAddress",
    "countryResidentialAddress", "postalCodeResidentialAddress", "primaryEmail", "masterName", "accountRepName",
    "accountRepPhone", "registeredRepName", "registeredRepPhone", "accountName",
    "secondaryEmail", "email", "mobilePhone", "phoneNumber", "faxNumber", "mailingAddress", "addressLine3", "zipCode",
    "firstName", "jointHolder", "beneficiary2", "dateOfBirth", "eMailAddress", "taxId", "taxNumber", "tin", "accountTitle",
    "employer", "nationality", "bankAccountHolderName", "taxPayerName", "ultimateBeneficialOwner"
  ]; // prettier-ignore
  const secret = person.map((name) => `${name}="SECRET"`).join(" ");
  const {rows, headers, warnings} = parse(
    flex(
      `<AccountInformation ${secret} currency="USD"/><Trades><Trade ${secret} symbol="A"/></Trades>
       <Transfers><Transfer ${secret} account="U2" company="Broker Inc"/></Transfers><Contact ${secret}/>`,
      `${HEADER} ${secret}`
    )
  );
  expect(JSON.stringify([rows, headers, warnings])).not.toContain("SECRET");
  const named = warnings.filter(({code}) => code === "unknown-attribute").map(({where}) => where);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((where) => !where.startsWith("AccountInformation@"))).toEqual([]);
  expect(rows.map(({fields}) => fields)).toEqual([
    {currency: "USD"},
    {symbol: "A"},
    {account: "U2", company: "Broker Inc"},
    {}
  ]);
  expect(warnings.filter(({code}) => code !== "unknown-attribute")).toEqual([
    {code: "unknown-element", where: "Contact", count: 1}
  ]);
});

it("FlexXmlParser keeps of AccountInformation what is listed alone: the rest is named, its value dropped", () => {
  const {rows, warnings} = parse(
    flex(`<AccountInformation accountId="U1" ibEntity="IBKR" riskProfile="SECRET" reportDate="20250101" name="SECRET"><Detail note="SECRET"/></AccountInformation>
      <Trades><Detail note="kept"/></Trades>`)
  );
  expect(rows.map(({element, fields}) => [element, fields])).toEqual([
    ["AccountInformation", {accountId: "U1", ibEntity: "IBKR"}],
    ["Detail", {}],
    ["Detail", {note: "kept"}]
  ]);
  expect(warnings).toEqual([
    {code: "unknown-attribute", where: "AccountInformation@riskProfile", count: 1},
    {code: "unknown-attribute", where: "AccountInformation@reportDate", count: 1},
    {code: "unknown-element", where: "Detail", count: 2}
  ]);
});

it("FlexXmlParser names the attributes of what stands around the rows that it does not know, and keeps none", () => {
  const xml = flex("", `${HEADER} novelty="x"`).replace('type="AF"', 'type="AF" version="3"');
  const {headers, rows, warnings} = parse(xml);
  expect(JSON.stringify([headers, rows])).not.toContain('"x"');
  expect(warnings).toEqual([
    {code: "unknown-attribute", where: "FlexQueryResponse@version", count: 1},
    {code: "unknown-attribute", where: "FlexStatement@novelty", count: 1}
  ]);
});

it("FlexXmlParser keeps names and countries that are a thing's", () => {
  const {rows} = parse(
    flex(`<SecuritiesInfo><SecurityInfo issuer="ACME" issuerCountryCode="US" issuerName="ACME Inc" exchangeCountry="US"/></SecuritiesInfo>
      <SalesTaxes><SalesTax country="Germany" salesTax="-0.9"/></SalesTaxes>`)
  );
  expect(rows[0].fields).toEqual({
    issuer: "ACME",
    issuerCountryCode: "US",
    issuerName: "ACME Inc",
    exchangeCountry: "US"
  });
  expect(rows[1].fields).toEqual({country: "Germany", salesTax: "-0.9"});
});

it("FlexXmlParser warns of fewer statements announced than there are", () => {
  const {warnings} = parse(
    file(`<FlexStatement ${HEADER}/><FlexStatement ${HEADER}/><FlexStatement ${HEADER}/>`, 1)
  );
  expect(warnings).toEqual([{code: "fewer-declared", where: "FlexStatements@count", count: 2}]);
});

it("FlexXmlParser passes over elements that stand outside of any statement, with a warning", () => {
  const {rows, warnings} = parse(
    `<FlexQueryResponse queryName="q" type="AF"><Message text="x"><Trade symbol="A"/></Message><FlexStatements count="1"><Note/><FlexStatement ${HEADER}>hello</FlexStatement></FlexStatements></FlexQueryResponse>`
  );
  expect(rows).toEqual([]);
  expect(warnings).toEqual([
    {code: "unknown-element", where: "Message", count: 1},
    {code: "unknown-element", where: "Note", count: 1},
    {code: "unexpected-text", where: "FlexStatement", count: 1}
  ]);
});

it("FlexXmlParser gives the same, wherever the file is cut", () => {
  const xml = flex(`<AccountInformation accountId="U1" currency="USD" name="X"/>
    <Trades><Trade symbol="A&amp;B" quantity="1,000.50" reportDate="20250102" odd='"'/><Trade symbol="Ä" quantity="-1" reportDate="20250103"/>
    <Lot symbol="A" quantity="1"/></Trades><!-- note --><Transfers/>`);
  const whole = parse(xml);
  expect(whole.rows).toHaveLength(4);
  expect(parse(xml.split(""))).toEqual(whole);
  fc.assert(
    fc.property(fc.array(fc.nat(xml.length), {maxLength: 12}), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), xml.length];
      expect(parse(at.slice(1).map((end, i) => xml.slice(at[i], end)))).toEqual(whole);
    })
  );
});
