// Builds the client library as a separate package, with types and without dependencies, and packs it into dist/client,
// with the file for `npm install` next to it.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, posix, relative } from "node:path";
import { build } from "esbuild";
import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";

process.chdir(root);
await ensureSupportedNode();
prepare({ build: false });

const out = "dist/client";
/** The entry points of the package and their files. */
const doors = {
  ".": "main",
  "./node": "frameworks/node",
  "./fastify": "frameworks/fastify",
  "./hono": "frameworks/hono",
  "./next": "frameworks/next",
};
const { version, license, engines } = JSON.parse(readFileSync("package.json", "utf8"));

rmSync(out, { recursive: true, force: true });
const { metafile } = await build({
  metafile: true,
  entryPoints: Object.values(doors).map((file) => `lib/client/${file}.ts`),
  outdir: out,
  bundle: true,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  target: "node20",
  format: "esm",
});
emitTypes();
copyLicenses(Object.keys(metafile.inputs));
writeFileSync(`${out}/package.json`, `${JSON.stringify(manifest(), null, 2)}\n`);
copyFileSync("docs/client.md", `${out}/README.md`);
const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", ".."], {
  cwd: out,
  encoding: "utf8",
  shell: process.platform === "win32",
});
process.stdout.write(`dist/${packed.trim()}\n`);

function manifest() {
  const exports = Object.entries(doors).map(([address, file]) => [
    address,
    { types: `./types/client/${file}.d.ts`, default: `./${file}.js` },
  ]);
  return {
    name: "@latchkey/client",
    version,
    description: "Asks a Latchkey whether an API key is good, over HTTP or in process.",
    license,
    type: "module",
    engines,
    sideEffects: false,
    exports: Object.fromEntries(exports),
  };
}

/** Third-party code is included under its own license. */
function copyLicenses(inputs) {
  const names = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  for (const name of new Set(names)) {
    mkdirSync(`${out}/licenses`, { recursive: true });
    copyFileSync(`node_modules/${name}/LICENSE`, `${out}/licenses/${name.replace("/", "-")}.txt`);
  }
}

function emitTypes() {
  const project = "dist/client-types.json";
  mkdirSync("dist", { recursive: true });
  const options = { noEmit: false, emitDeclarationOnly: true, declaration: true, incremental: false };
  writeFileSync(
    project,
    JSON.stringify({
      extends: "../tsconfig.json",
      compilerOptions: { ...options, allowJs: false, rootDir: "../lib", outDir: "client/types" },
      include: [],
      exclude: [],
      files: Object.values(doors).map((file) => `../lib/client/${file}.ts`),
    }),
  );
  execFileSync(process.execPath, ["node_modules/@typescript/native/bin/tsc", "--project", project], {
    stdio: "inherit",
  });
  rmSync(project);
  const types = readdirSync(`${out}/types`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".d.ts"))
    .map((file) => file.split("\\").join("/"));
  for (const file of types) namePathsInFull(file);
  const reached = reachedFrom(Object.values(doors).map((file) => `client/${file}.d.ts`));
  for (const file of types) if (!reached.has(file)) rmSync(`${out}/types/${file}`);
}

/** The type files that the entry points need. Others may name packages that are not installed. */
function reachedFrom(files) {
  const reached = new Set(files);
  for (const file of reached) {
    const text = readFileSync(`${out}/types/${file}`, "utf8");
    for (const [, target] of text.matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g)) {
      reached.add(posix.join(dirname(file), `${target}.d.ts`));
    }
  }
  return reached;
}

/** Replaces the project's import aliases, which only work here: `@/lib/core/access/role` becomes `../core/role.js`. */
function namePathsInFull(file) {
  const path = `${out}/types/${file}`;
  const named = readFileSync(path, "utf8").replace(
    /(from |import\()"(@\/lib\/|\.\.?\/)([^"]+)"/g,
    (_, before, base, target) => {
      if (base.startsWith(".")) return `${before}"${base}${target}.js"`;
      const found = relative(dirname(file), target).split("\\").join("/");
      return `${before}"${found.startsWith(".") ? found : `./${found}`}.js"`;
    },
  );
  writeFileSync(path, named);
}
