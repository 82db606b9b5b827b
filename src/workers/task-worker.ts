/** A thread of the page's task pool. */
import "./jitless.js";
import {buffersIn, taskThread, type ToThread} from "../lib/tasks/messages.js";

const answer = taskThread();

addEventListener("message", ({data}: MessageEvent<ToThread>) => {
  const reply = answer(data);
  if (reply) postMessage(reply, {transfer: "piece" in reply || "output" in reply ? buffersIn(reply) : []});
});
