/** Runs in a worker of the browser: the kernel whose place is told. */
import {kernelJobs, timed} from "./jobs.js";

const jobs = kernelJobs();
self.addEventListener("message", ({data}) => self.postMessage(timed(jobs[Number(data)])));
self.postMessage("ready");
