/** Bytes that the compiler may use for itself, at the beginning of a kernel's memory. */
const OWN = 65_536;
const PAGE = 65_536;

/** A kernel's functions, and room in its memory to hand it columns. Pointers stand until `clear`. */
export class Kernel<Functions> {
  readonly functions: Functions;
  readonly #memory: WebAssembly.Memory;
  #top = OWN;

  constructor({exports}: WebAssembly.Instance) {
    this.functions = exports as Functions; // what its source exports
    this.#memory = exports.memory as WebAssembly.Memory; // each exports its own
  }

  /** Gives all room back. */
  clear(): void {
    this.#top = OWN;
  }

  /** Returns where so many bytes begin. @throws RangeError if there is no more memory */
  reserve(bytes: number): number {
    const at = this.#top;
    this.#top = at + Math.ceil(bytes / 64) * 64;
    const missing = this.#top - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** Copies a column in and returns where it is. */
  put(column: Float64Array | Int32Array | Uint32Array, bytes: number = column.byteLength): number {
    const at = this.reserve(bytes);
    if (column instanceof Float64Array) this.numbers(at, column.length).set(column);
    else if (column instanceof Int32Array) new Int32Array(this.#memory.buffer, at, column.length).set(column);
    else new Uint32Array(this.#memory.buffer, at, column.length).set(column);
    return at;
  }

  /** Returns numbers in its memory, to read or write until more room is taken. */
  numbers(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }

  /** As `numbers`, of whole ones from -128 to 127. */
  signs(at: number, length: number): Int8Array {
    return new Int8Array(this.#memory.buffer, at, length);
  }
}

const loaded = new Map<string, Kernel<unknown>>();

/**
 * Returns the kernel of a module, made at its first use. A page's own thread, where a browser may refuse to compile at
 * once, awaits `loadKernel` before.
 * @param bytes base64
 * @throws WebAssembly.CompileError where the machine lacks what it needs
 */
export function kernelOf<Functions>(bytes: string): Kernel<Functions> {
  const known =
    loaded.get(bytes) ?? new Kernel(new WebAssembly.Instance(new WebAssembly.Module(decode(bytes))));
  loaded.set(bytes, known);
  return known as Kernel<Functions>; // of the same bytes
}

/** Makes the kernel of a module without holding up the thread. */
export async function loadKernel(bytes: string): Promise<void> {
  if (loaded.has(bytes)) return;
  const {instance} = await WebAssembly.instantiate(decode(bytes));
  loaded.set(bytes, new Kernel(instance));
}

/** Tells whether a module's kernel runs here; where it does not, its twin does. */
export function hasKernel(bytes: string): boolean {
  try {
    kernelOf(bytes);
    return true;
  } catch {
    return false; // no WebAssembly, or one without SIMD: whatever the reason, the twin gives the same
  }
}

function decode(bytes: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
}
