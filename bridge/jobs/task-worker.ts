/** A thread of the task pool. */
import {parentPort} from "node:worker_threads";
import {buffersIn, taskThread, type ToThread} from "../../lib/tasks/messages.js";

const port = parentPort!; // this file runs as a worker only
const answer = taskThread();

port.on("message", (message: ToThread) => {
  const reply = answer(message);
  if (reply) port.postMessage(reply, "piece" in reply || "output" in reply ? buffersIn(reply) : []);
});
