import type {StatementSink} from "./statement.js";

/** Returns a sink that hands all on to each of the sinks, in order. */
export function allSinks(sinks: readonly StatementSink[]): StatementSink {
  return {
    statement(header) {
      for (const sink of sinks) sink.statement(header);
    },
    section(statement, section) {
      for (const sink of sinks) sink.section?.(statement, section);
    },
    row(row) {
      for (const sink of sinks) sink.row(row);
    }
  };
}
