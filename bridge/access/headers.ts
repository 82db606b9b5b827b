import type {RequestHandler} from "express";
import helmet from "helmet";

/**
 * Sets the headers of every answer. The policy keeps "nothing leaves this browser": scripts are ours or
 * named by hash. In development Framework's preview patches pages by eval, so there its own rule is looser.
 * @param scripts hashes of the built pages' inline scripts, as `'sha256-…'`
 */
export function securityHeaders({
  scripts,
  development
}: {
  scripts: () => string[];
  development: boolean;
}): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": [
          "'self'",
          "'wasm-unsafe-eval'",
          ...(development ? ["'unsafe-inline'", "'unsafe-eval'"] : [hashes])
        ],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"]
      }
    },
    referrerPolicy: {policy: "no-referrer"},
    xFrameOptions: {action: "deny"},
    strictTransportSecurity: false
  });

  function hashes(): string {
    return scripts().join(" ");
  }
}
