import { randomUUID } from "node:crypto";
import type { KeyUse } from "./key-use";
import { presentableClient } from "./key-use";

/** A row of `usage_batches`. `calls` and `uses` are already JSON, as foldUsage reads it. */
export type UsageBatch = {
  readonly id: string;
  readonly part: number;
  readonly calls: string;
  readonly uses: string;
};

/** Keys are folded one part at a time, so few rows are locked, and only briefly. */
const usageParts = 16;

/** Key ids are random, so any character spreads them evenly. */
function partOf(keyId: string): number {
  return keyId.charCodeAt(keyId.length - 1) % usageParts;
}

/**
 * Collects uses into batches for the database, one for each part of the keys that has any. It writes JSON text
 * directly: creating an object per line and serializing it later takes longer than the rest of counting.
 */
export class UsageText {
  readonly #parts = new Map<number, { calls: string; uses: string }>();
  readonly #asText = textOfClients();

  add(keyId: string, use: KeyUse): void {
    const number = partOf(keyId);
    let part = this.#parts.get(number);
    if (part === undefined) {
      part = { calls: "", uses: "" };
      this.#parts.set(number, part);
    }
    const key = JSON.stringify(keyId);
    for (const { hour, outcome, calls } of use.counts) {
      part.calls += `,{"key":${key},"hour":${hour},"outcome":"${outcome}","calls":${calls}}`;
    }
    for (const { secretId, at, address, client } of use.secrets) {
      const from = address === null ? "null" : JSON.stringify(address);
      const by = client === null ? "null" : this.#asText(client);
      part.uses += `,{"key":${key},"secret":"${secretId}","at":${at},"address":${from},"client":${by}}`;
    }
    for (const secretId of use.refused) part.uses += `,{"key":${key},"secret":"${secretId}","good":false}`;
  }

  batches(): UsageBatch[] {
    return [...this.#parts].map(([part, { calls, uses }]) => ({
      id: randomUUID(),
      part,
      calls: `[${calls.slice(1)}]`,
      uses: `[${uses.slice(1)}]`,
    }));
  }
}

/** Most uses of a moment come from few clients, so each client's text is made once. */
function textOfClients(): (client: string) => string {
  const known = new Map<string, string>();
  return (client) => {
    let text = known.get(client);
    if (text === undefined) {
      text = JSON.stringify(presentableClient(client));
      known.set(client, text);
    }
    return text;
  };
}
