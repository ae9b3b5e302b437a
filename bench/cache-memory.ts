import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";

const keys = 1_000_000;
const filler = fileURLToPath(new URL("./support/fill-cache.ts", import.meta.url));

/** The memory a node needs to cache 1,000,000 keys, in a process that does nothing else. */
export async function cacheMemory(_: BenchContext): Promise<Measured[]> {
  const args = ["--expose-gc", "--import", "tsx", filler, String(keys)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { bytesPerKey, residentMb } = JSON.parse(stdout) as { bytesPerKey: number; residentMb: number };
  return [
    {
      what: "memory of the cache, a key of 1,000,000",
      ours: `${Math.round(bytesPerKey)} bytes (${Math.round(residentMb)} MB resident with all)`,
      reference: "",
      ratio: null,
      target: "<= 400 bytes",
      met: bytesPerKey <= 400,
    },
  ];
}
