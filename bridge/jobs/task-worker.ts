/** A thread of the task pool. */
import {parentPort} from "node:worker_threads";
import {taskThread, type ToThread} from "../../lib/tasks/messages.js";

const port = parentPort!; // this file runs as a worker only
const answer = taskThread();

port.on("message", (message: ToThread) => {
  const answered = answer(message);
  if (answered) port.postMessage(answered.reply, answered.transfer);
});
