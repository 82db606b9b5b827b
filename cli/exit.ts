/** How a command ended, for scripts: `--help` and guides/command-line.md say the same. */
export const EXIT = {
  /** It could not be done, or `doctor` found a fault. */
  failed: 1,
  /** A file was refused. */
  refused: 2,
  /** Words that are no command, option or value. */
  usage: 64,
  /** A fault of the program. */
  fault: 70,
  /** Ended by Ctrl-C. */
  cancelled: 130
} as const;

/** What the codes mean, as `--help` prints it. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, "done"],
  [
    EXIT.failed,
    "it could not be done, doctor found a fault or reconcile a difference; the reason is on stderr"
  ],
  [EXIT.refused, "a file was refused (of several, the others are stored)"],
  [EXIT.usage, "the words are no command, option or value"],
  [EXIT.fault, "a fault of the program: please report what it printed"],
  [EXIT.cancelled, "ended by Ctrl-C; the store is as before"]
];
