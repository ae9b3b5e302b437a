import { build } from "esbuild";

// The server around Next: bundled, so that a start compiles nothing.
await build({
  entryPoints: [
    ...["server.ts", "api-server.ts"],
    ...["scripts/seed.ts", "scripts/audit-verify.ts", "scripts/tokens-rotate.ts"],
  ],
  outdir: "dist",
  outbase: ".",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  // The embedded database and the PostgreSQL driver stay apart: only the one in use is loaded.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  sourcemap: true,
});
