/** A thread of the page's task pool. */
import "./jitless.js";
import {taskThread, type ToThread} from "../lib/tasks/messages.js";

const answer = taskThread();

addEventListener("message", ({data}: MessageEvent<ToThread>) => {
  const answered = answer(data);
  if (answered) postMessage(answered.reply, {transfer: answered.transfer});
});
