/**
 * Builds the kernels: `lib/kernels/assembly/NAME.ts` becomes `lib/kernels/NAME.wasm.ts`, a module of base64; `--check`
 * fails when one is not what its source says.
 */
import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import asc from "assemblyscript/asc";
import {root} from "../config.js";

const OPTIONS = ["--runtime", "stub", "--enable", "simd", "-O3", "--noAssert", "--use", "abort="];
const folder = join(root, "lib/kernels");
const sources = join(folder, "assembly");

async function compile(name: string): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const {error} = await asc.main([`${name}.ts`, "--baseDir", sources, "--outFile", "out.wasm", ...OPTIONS], {
    writeFile: (_, contents) => {
      if (typeof contents !== "string") bytes = contents;
    }
  });
  if (error || !bytes) throw new Error(`${name}: ${String(error?.message)}`, {cause: error});
  return bytes;
}

/** Returns the module that holds a kernel's bytes. */
function moduleOf(name: string, bytes: Uint8Array): string {
  const source = `lib/kernels/assembly/${name}.ts`;
  return `/** Made of ${source} by scripts/kernels.ts: ${bytes.length} bytes of WebAssembly. */
export const BYTES =
  "${Buffer.from(bytes).toString("base64")}";
`;
}

for (const file of readdirSync(sources).filter((each) => each.endsWith(".ts"))) {
  const name = file.replace(".ts", "");
  const target = join(folder, `${name}.wasm.ts`);
  const text = moduleOf(name, await compile(name));
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
    console.error(`${target} is not what its source says: run npm run kernels`);
    process.exitCode = 1;
  }
}
