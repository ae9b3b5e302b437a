import type { WireUse } from "@/lib/core/key-wire";

type Use = { calls: number; at: number; address: string | null };

/** Uses of one match by what came of them, until they are told. */
export class UseCounter {
  readonly keyId: string;
  readonly secretId: string;
  readonly #uses = new Map<string, Use>();

  constructor(keyId: string, secretId: string) {
    this.keyId = keyId;
    this.secretId = secretId;
  }

  get isEmpty(): boolean {
    return this.#uses.size === 0;
  }

  /** @param at on performance.now() */
  count(code: string, at: number, address: string | undefined): void {
    const use = this.#uses.get(code);
    if (use === undefined) {
      this.#uses.set(code, { calls: 1, at, address: address ?? null });
      return;
    }
    use.calls++;
    use.at = at;
    use.address = address ?? null;
  }

  /** What was counted since the last time. */
  take(now: number): WireUse[] {
    const taken = [...this.#uses].map(
      ([code, { calls, at, address }]): WireUse => [
        this.keyId,
        this.secretId,
        code,
        calls,
        Math.round(now - at),
        address,
      ],
    );
    this.#uses.clear();
    return taken;
  }
}
