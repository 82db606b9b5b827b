import {createStore} from "../store.js";
import type {Risk} from "./calls.js";

/** How trading stands, as every page knows it. */
export type Standing =
  /** No bridge serves this page: it can send nothing. */
  | {kind: "none"}
  | {kind: "loading"}
  | {kind: "error"; why: string}
  /** `known`: whether this page may change things. */
  | {kind: "ready"; known: boolean; mode: "demo" | "real"; risk: Risk};

export const standing = createStore<Standing>({kind: "loading"});
