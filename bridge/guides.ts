import {join} from "node:path";
import express, {type RequestHandler, Router} from "express";

const folder = join(import.meta.dirname, "../guides");

/** The guides at /guides/, as plain text: pages lead to them where there is something to set up. */
export function guidesRouter(): RequestHandler {
  const setHeaders = (response: express.Response) => void response.type("text/plain; charset=utf-8");
  return Router().use("/guides", express.static(folder, {index: false, redirect: false, setHeaders}));
}
