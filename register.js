/**
 * Lets Node run this tree's TypeScript as it is: `node --import ./register.js FILE.ts`. Node takes the types out itself;
 * what is left is that a `.js` of an import is a `.ts` here. Compiled code is kept, so that the next start is quick.
 */
import * as module from "node:module";
import {join} from "node:path";

if (!module.registerHooks) {
  console.error(`this needs Node 24, not ${process.version}: npm ci brings it, and npx and npm run use it`);
  process.exit(1);
}

module.enableCompileCache?.(join(import.meta.dirname, "node_modules/.cache/compiled"));

module.registerHooks({
  resolve(specifier, context, next) {
    const isOurs = /^\.\.?\/.*\.js$/.test(specifier) && /\.ts$|\[eval\d*\]$/.test(context.parentURL ?? "");
    if (!isOurs) return next(specifier, context);
    try {
      return next(`${specifier.slice(0, -2)}ts`, context);
    } catch (error) {
      if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
      return next(specifier, context);
    }
  }
});
