import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";

const chunks = "dist/chunks";

/**
 * Prisma's client contains its query compiler as base64 in a module, which stays in memory twice (as source and as
 * string) besides the compiled code. This moves it to a file whose text is freed after reading.
 */
const queryCompiler = {
  name: "query-compiler",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@prisma\/client\/runtime\/.*\.wasm-base64\.mjs$/ }, ({ path }) => ({
      path,
      namespace: "query-compiler",
    }));
    onLoad({ filter: /.*/, namespace: "query-compiler" }, async ({ path }) => {
      const { wasm } = await import(path);
      const name = basename(path).replace("-base64.mjs", "");
      mkdirSync(chunks, { recursive: true });
      writeFileSync(`${chunks}/${name}`, Buffer.from(wasm, "base64"));
      return {
        // The client passes it to Buffer.from, which calls an object's valueOf.
        contents: `
          import { readFileSync } from "node:fs";
          const file = new URL("./${name}", import.meta.url);
          export const wasm = { valueOf: () => readFileSync(file, "base64") };`,
      };
    });
  },
};

// The server around Next, bundled so that nothing is compiled at startup.
const programs = [
  ...["server", "api-server"],
  ...["scripts/seed", "scripts/audit-verify", "scripts/tokens-rotate", "scripts/owner-reset", "scripts/scan"],
];
await build({
  entryPoints: [
    ...programs.map((name) => ({ in: `${name}.ts`, out: name })),
    // The embedded database's thread loads it by path, next to the chunk that starts the thread.
    { in: "lib/db/embedded/engine.mjs", out: "chunks/engine" },
  ],
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  // Keeps the embedded database and the PostgreSQL driver in separate chunks, so that only the one in use is loaded.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  plugins: [queryCompiler],
  sourcemap: true,
});
