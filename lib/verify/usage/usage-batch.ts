import { randomUUID } from "node:crypto";
import type { KeyUse } from "./key-use";
import { presentableClient } from "./presentable-client";

/** A row of `usage_batches`. `calls` and `demands` are already JSON, as foldUsage reads it. */
export type UsageBatch = {
  readonly id: string;
  readonly part: number;
  readonly calls: string;
  readonly demands: string;
};

/** Keys are folded one part at a time, so few rows are locked, and only briefly. */
const usageParts = 16;
/** The part for the organizations' own counts, which belong to no key. */
export const organizationsPart = usageParts;

/** Key ids are random, so any character spreads them evenly. */
function partOf(keyId: string): number {
  return keyId.charCodeAt(keyId.length - 1) % usageParts;
}

/**
 * Collects uses into batches for the database, one for each part of the keys that has any. It writes JSON text
 * directly: creating an object per line and serializing it later takes longer than the rest of counting.
 */
export class UsageText {
  readonly #parts = new Map<number, { calls: string; demands: string }>();
  readonly #asText = textOfClients();

  add(keyId: string, use: KeyUse): void {
    const part = this.#part(partOf(keyId));
    const key = JSON.stringify(keyId);
    for (const { secretId, outcome, address, client, calls, at, isRest } of use.tallies) {
      const refused = outcome === "VALID" ? "" : `,"outcome":"${outcome}"`;
      const from = address === null ? "" : `,"address":${JSON.stringify(address)}`;
      const by = client === null ? "" : `,"client":${this.#asText(client)}`;
      const rest = isRest ? ',"rest":true' : "";
      part.calls += `,{"key":${key},"secret":"${secretId}","calls":${calls},"at":${at}${refused}${from}${by}${rest}}`;
    }
    for (const { day, permission, calls } of use.demands) {
      part.demands += `,{"key":${key},"day":${day},"permission":${JSON.stringify(permission)},"calls":${calls}}`;
    }
  }

  addOrganization(organizationId: string, { tallies }: KeyUse): void {
    const part = this.#part(organizationsPart);
    for (const { hour, outcome, calls } of tallies) {
      part.calls += `,{"organization":"${organizationId}","hour":${hour},"outcome":"${outcome}","calls":${calls}}`;
    }
  }

  batches(): UsageBatch[] {
    return [...this.#parts].map(([part, { calls, demands }]) => ({
      id: randomUUID(),
      part,
      calls: `[${calls.slice(1)}]`,
      demands: `[${demands.slice(1)}]`,
    }));
  }

  #part(number: number): { calls: string; demands: string } {
    const known = this.#parts.get(number);
    if (known !== undefined) return known;
    const part = { calls: "", demands: "" };
    this.#parts.set(number, part);
    return part;
  }
}

/** Most uses of a moment come from few clients, so each client's text is built once. */
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
