import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";

const keys = 1_000_000;
const filler = fileURLToPath(new URL("./support/fill-cache.ts", import.meta.url));

/** The memory a node needs to cache 1,000,000 keys, in a process that does nothing else. */
export async function cacheMemory(_: BenchContext): Promise<Measured[]> {
  const plain = await fill(0);
  const shared = await fill(10_000);
  return [
    {
      what: "memory of the cache, a key of 1,000,000",
      ours: inWords(plain),
      reference: "",
      ratio: null,
      target: "<= 200 bytes",
      met: plain.bytesPerKey <= 200,
    },
    {
      what: "the same with 10,000 different metadata of 500 bytes; the same keys without metadata",
      ours: inWords(shared),
      reference: inWords(plain),
      ratio: shared.bytesPerKey / plain.bytesPerKey,
      target: "<= 1.1 times its memory",
      met: shared.bytesPerKey <= 1.1 * plain.bytesPerKey,
    },
  ];
}

type Filled = { readonly bytesPerKey: number; readonly residentMb: number };

async function fill(metadata: number): Promise<Filled> {
  const args = ["--expose-gc", "--import", "tsx", filler, String(keys), String(metadata)];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
}

function inWords({ bytesPerKey, residentMb }: Filled): string {
  return `${Math.round(bytesPerKey)} bytes (${Math.round(residentMb)} MB resident with all)`;
}
