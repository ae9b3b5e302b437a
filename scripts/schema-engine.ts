import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

const schemaPath = "prisma/schema.prisma";

type Target = { tag: "empty" } | { tag: "database" } | { tag: "schema" };

/**
 * The SQL that leads from one state to another, by Prisma's own engine as WebAssembly: the native one
 * is a download that an offline machine cannot make. Empty when there is no difference.
 */
export async function schemaDiff(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  from: Target,
  to: Target,
): Promise<string> {
  await loadEngine();
  const content = readFileSync(schemaPath, "utf8");
  const files = [{ path: schemaPath, content }];
  const schemaEngine = await engine.SchemaEngine.new(
    { datamodels: [[schemaPath, content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  );
  const target = ({ tag }: Target) => {
    if (tag === "empty") return { tag } as const;
    if (tag === "schema") return { tag: "schemaDatamodel", files } as const;
    return { tag: "schemaDatasource", files, configDir: "." } as const;
  };
  const { stdout } = await schemaEngine.diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return (stdout ?? "").replace(/^-- This is an empty migration\.\s*$/m, "").trim();
}

let loading: Promise<void> | undefined;

/** Once for the process: the package's JavaScript keeps views of one memory. */
function loadEngine(): Promise<void> {
  loading ??= instantiateEngine();
  return loading;
}

async function instantiateEngine(): Promise<void> {
  // Where the engine leaves the message of a panic.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: failWith } });
  // The package exports only the JavaScript beside the .wasm file.
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = await WebAssembly.compile(readFileSync(path.replace(/\.js$/, ".wasm")));
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": engine as never });
  const exports = instance.exports as { __wbindgen_start: () => void };
  engine.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

function failWith(message: string): never {
  throw new Error(`Prisma's schema engine: ${message}`);
}
