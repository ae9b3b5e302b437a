import type { KeyObject } from "node:crypto";
import { createPublicKey } from "node:crypto";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { githubKeyList } from "@/lib/schemas/leaks";

/** How long a copy is used without a new request, and how long if GitHub does not respond. */
const freshMs = 60 * 60 * 1000;
const usableMs = 24 * 60 * 60 * 1000;
/** Anyone can name an unknown key, while GitHub allows an address only sixty requests an hour. */
const againMs = 5 * 60 * 1000;
const againAfterFaultMs = 60 * 1000;

const patienceMs = 5_000;
const maximumBytes = 64 * 1024;

type Copy = { readonly keys: ReadonlyMap<string, KeyObject>; readonly madeAt: number };

/** A cache of GitHub's public keys, which verify the signatures of its secret scanning reports. */
export class GithubKeys {
  #copy: Copy | null = null;
  #askAgainAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;

  constructor(private readonly url: string) {}

  /**
   * @param nowMs the time of a monotonic clock
   * @returns null if GitHub has no such key, `unavailable` if GitHub cannot be reached
   */
  async find(identifier: string, nowMs = performance.now()): Promise<KeyObject | null | "unavailable"> {
    const known = this.#usable(nowMs, freshMs)?.get(identifier);
    if (known !== undefined) return known;
    if (nowMs >= this.#askAgainAt) await this.#askOnce(nowMs);
    const keys = this.#usable(nowMs, usableMs);
    return keys === null ? "unavailable" : (keys.get(identifier) ?? null);
  }

  #usable(nowMs: number, lifeMs: number): Copy["keys"] | null {
    return this.#copy !== null && nowMs - this.#copy.madeAt < lifeMs ? this.#copy.keys : null;
  }

  /** Concurrent reports share one request. */
  #askOnce(nowMs: number): Promise<void> {
    this.#asking ??= this.#ask(nowMs).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(nowMs: number): Promise<void> {
    try {
      this.#copy = { keys: await fetchKeys(this.url), madeAt: nowMs };
      this.#askAgainAt = nowMs + againMs;
    } catch (error) {
      this.#askAgainAt = nowMs + againAfterFaultMs;
      log().warn({ err: error }, "the keys of GitHub's secret scanning could not be read");
    }
  }
}

const copies = new Map<string, GithubKeys>();

/** The process's cache for the URL that the environment configures. */
export function githubKeys(): GithubKeys {
  const url = env().githubKeysUrl;
  const keys = copies.get(url) ?? new GithubKeys(url);
  copies.set(url, keys);
  return keys;
}

async function fetchKeys(url: string): Promise<ReadonlyMap<string, KeyObject>> {
  const response = await fetch(url, {
    headers: { Accept: "application/json", "User-Agent": "Latchkey" },
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`GitHub answered with status ${response.status}`);
  const list = githubKeyList.parse(JSON.parse(await readText(response)));
  const keys = list.public_keys.flatMap(({ key_identifier, key }) => {
    const parsed = ellipticKey(key);
    return parsed === null ? [] : [[key_identifier, parsed] as const];
  });
  if (keys.length === 0) throw new Error("The answer has no ECDSA P-256 key");
  return new Map(keys);
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maximumBytes) throw new Error(`The answer has more than ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Null for keys of other types, which GitHub may add. */
function ellipticKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}
