import type {Answer} from "../../lib/lake/query.js";
import {encodeArrow} from "../formats/arrow.js";
import {parquetOf} from "../formats/parquet.js";
import {encodeCsv, encodeJson} from "../formats/text.js";
import type {AnswerFormat} from "./port.js";

/** Returns an answer as bytes of a format; @param name of what was asked, for JSON */
export function encodeAnswer(name: string, answer: Answer, format: AnswerFormat): Uint8Array {
  const {columns, length} = answer;
  switch (format) {
    case "json":
      return Buffer.from(encodeJson(name, answer));
    case "csv":
      return Buffer.from(encodeCsv(answer));
    case "arrow":
      return encodeArrow(columns, length);
    case "parquet":
      return parquetOf(encodeArrow(columns, length));
  }
}
