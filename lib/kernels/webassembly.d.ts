/** The little of WebAssembly that lib/ needs, which every page, worker and Node has. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    private constructor();
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB. */
    grow(pages: number): number;
  }
  class CompileError extends Error {}
  function instantiate(bytes: Uint8Array): Promise<{instance: Instance}>;
}

/** Returns the bytes of base64, a character each. */
declare function atob(text: string): string;
