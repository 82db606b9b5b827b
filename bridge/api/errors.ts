import type {ErrorRequestHandler} from "express";
import type {Log} from "../log.js";
import {Problem} from "../problem.js";

/** Errors that others throw, by name: the status of each code, else the last one. */
interface Coded extends Error {
  code?: string | number;
  problem?: {code: string; message: string; where: string};
  /** As body-parser and express say it. */
  type?: string;
  status?: number;
  limit?: number;
}

/** Returns the problem that an error is; undefined for a fault of our own. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return undefined;
  const {name, message, code, problem, type, status, limit}: Coded = error;
  if (problem) return new Problem(422, problem.code, problem.message, {where: problem.where, cause: error});
  if (name === "StoreError")
    return new Problem(storeStatus(String(code)), String(code), message, {cause: error});
  if (name === "FlexError") return new Problem(502, `flex-${code}`, message, {cause: error});
  if (name === "LakeError")
    return new Problem(lakeStatus(String(code)), String(code), message, {cause: error});
  if (name === "PullError")
    return new Problem(code === "nothing-tracked" ? 409 : 400, String(code), message, {cause: error});
  if (name === "TaskError") return ofTask(String(code), message, error);
  if (name === "VendorError") return new Problem(502, `vendor-${code}`, message, {cause: error});
  if (type === "entity.too.large")
    return new Problem(413, "too-large", `the body is larger than ${limit} bytes`);
  if (type === "entity.parse.failed")
    return new Problem(400, "invalid-json", `the body is not JSON: ${message}`);
  if (type === "charset.unsupported" || type === "encoding.unsupported")
    return new Problem(415, "wrong-encoding", message);
  if (error instanceof URIError)
    return new Problem(400, "invalid-path", "the address has a % that stands for nothing");
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem(status, "bad-request", message);
  return undefined;
}

function storeStatus(code: string): number {
  if (code === "locked") return 503;
  if (code === "full") return 507;
  return 500;
}

/** Why a computation gave nothing: its input, itself, its time, or how much waits. */
function ofTask(code: string, message: string, cause: Error): Problem {
  if (code === "busy") return new Problem(503, code, message, {headers: {"Retry-After": "5"}, cause});
  if (code === "internal")
    return new Problem(500, code, "the computation failed: the bridge's log says where", {cause});
  const status = code === "invalid-input" ? 400 : code === "cancelled" ? 409 : 422;
  return new Problem(status, code, message, {cause});
}

function lakeStatus(code: string): number {
  if (code === "busy") return 503;
  if (code === "disk-full") return 507;
  if (code === "no-such-dataset" || code === "no-such-part") return 404;
  return code === "invalid" ? 400 : 500;
}

/** Sends an error as problem+json; what nobody foresaw is logged whole and told in one sentence. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.destroyed) return; // whoever asked has gone
    const problem =
      toProblem(error) ??
      new Problem(500, "internal", "the bridge failed on this request: its log says where", {cause: error});
    if (problem.status >= 500)
      log.error({err: problem.cause ?? problem, code: problem.code}, "request failed");
    if (response.headersSent) return next(error);
    if (!request.complete) response.set("Connection", "close");
    response
      .status(problem.status)
      .set({...problem.headers, "Cache-Control": "no-store"})
      .type("application/problem+json")
      .send(JSON.stringify(problem));
  };
}
