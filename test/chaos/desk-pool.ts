import {type ChildProcess, spawn} from "node:child_process";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {childEnvironment, typescript} from "../../config.js";
import type {Command, Start, Told} from "./desk-process.js";

const PROCESS = fileURLToPath(new URL("desk-process.ts", import.meta.url));

/** A desk's process. */
export class DeskProcess {
  readonly #child: ChildProcess;
  readonly #heard: ((told: Told) => void)[] = [];
  readonly loaded: Promise<void>;
  readonly gone: Promise<void>;
  isAlive = true;

  constructor() {
    const child = spawn(process.execPath, [...typescript, PROCESS], {
      stdio: ["pipe", "pipe", "inherit"],
      env: childEnvironment()
    });
    this.#child = child;
    child.stdin!.on("error", () => undefined); // it was killed while it was spoken to
    const {promise, resolve, reject} = Promise.withResolvers<void>();
    this.loaded = promise;
    promise.catch(() => undefined); // told to whoever waits for it
    this.gone = new Promise((done) =>
      child.once("close", (code, signal) => {
        this.isAlive = false;
        reject(new Error(`the desk's process ended with ${code ?? signal}`));
        done();
      })
    );
    createInterface({input: child.stdout!}).on("line", (line) => {
      const told = JSON.parse(line) as Told; // its own
      if (told.ready) resolve();
      for (const listener of this.#heard) listener(told);
    });
  }

  onTold(listener: (told: Told) => void): void {
    this.#heard.push(listener);
  }

  say(command: Command): void {
    if (this.isAlive) this.#child.stdin!.write(`${JSON.stringify(command)}\n`);
  }

  /** As a machine does that loses its power: nothing is said, nothing is closed. */
  async kill(): Promise<void> {
    this.isAlive = false;
    this.#child.kill("SIGKILL");
    await this.gone;
  }
}

/** Keeps processes loaded ahead, so that a run does not wait for modules. */
export class DeskPool {
  readonly #waiting: DeskProcess[] = [];
  readonly #ahead: number;

  constructor(ahead: number) {
    this.#ahead = ahead;
    this.#fill();
  }

  async start(what: Start): Promise<DeskProcess> {
    const desk = this.#waiting.shift() ?? new DeskProcess();
    this.#fill();
    await desk.loaded;
    desk.say({start: what});
    return desk;
  }

  async close(): Promise<void> {
    await Promise.all(this.#waiting.splice(0).map((desk) => desk.kill()));
  }

  #fill(): void {
    while (this.#waiting.length < this.#ahead) this.#waiting.push(new DeskProcess());
  }
}
