import {STATUS_CODES} from "node:http";
import {z} from "zod";

/** A contract to choose among several. */
export const ContractChoice = z
  .object({
    conId: z.int(),
    label: z.string().meta({description: "name to show", example: "AAPL 18DEC26 150 C"}),
    name: z.string().meta({description: "of the company or the instrument"}),
    secType: z.string(),
    currency: z.string(),
    exchange: z.string().meta({description: "primary one, where it is known"})
  })
  .meta({id: "ContractChoice"});
export type ContractChoice = z.infer<typeof ContractChoice>;

/** What every error answer holds (RFC 9457), with our own `code` and, for wrong input, each wrong place. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string().meta({description: "the status in words"}),
    status: z.int(),
    code: z.string().meta({description: "what went wrong, for programs", example: "no-such-account"}),
    detail: z.string().meta({description: "what went wrong and what to do, for people"}),
    where: z.string().optional().meta({description: "line, element or attribute of the refused file"}),
    errors: z.array(z.object({where: z.string(), message: z.string()})).optional(),
    choices: z
      .array(ContractChoice)
      .optional()
      .meta({description: "of an ambiguous contract: those that it may be"})
  })
  .meta({id: "Problem"});

interface ProblemOptions extends ErrorOptions {
  where?: string;
  errors?: {where: string; message: string}[];
  choices?: ContractChoice[];
  headers?: Record<string, string>;
}

/** An answer that is an error; routes throw it, the last handler sends it. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly where: string | undefined;
  readonly errors: {where: string; message: string}[] | undefined;
  readonly choices: ContractChoice[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.status = status;
    this.code = code;
    this.where = options.where || undefined;
    this.errors = options.errors;
    this.choices = options.choices;
    this.headers = options.headers ?? {};
  }

  toJSON(): z.infer<typeof ProblemDocument> {
    return {
      type: "about:blank",
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.where && {where: this.where}),
      ...(this.errors && {errors: this.errors}),
      ...(this.choices && {choices: this.choices})
    };
  }
}
