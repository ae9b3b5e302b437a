import { isIP } from "node:net";
import type { WireUse } from "@/lib/core/key-wire";
import { permissionPattern } from "@/lib/core/permission";
import { judgeKey } from "@/lib/core/verdict";
import type { Verification } from "@/lib/core/verification";
import { describeVerdict } from "@/lib/core/verification";
import type { KeyCopy } from "./key-copy";
import type { Demand } from "./latchkey";
import { TokenDigest } from "./token-digest";

const mostPermissions = 100;

/**
 * A token that was found to be a secret of a key, as its digest; the verdict on it, and how often it was used.
 * `now` is the server's clock, in milliseconds since the epoch.
 */
export class KnownToken extends TokenDigest {
  /** The next of the same chain of KnownTokens. */
  next: KnownToken | null = null;
  readonly copy: KeyCopy;
  readonly secretId: string;
  /** The verdict when nothing is demanded, and until when time leaves it as it is; null: for ever. */
  #undemanding: Verification = unknown;
  #until: number | null = null;
  #isGood = false;
  /** What the key may do, when that verdict is valid. */
  readonly #held: ReadonlySet<string>;
  readonly #isBoundToAddresses: boolean;
  /** Uses that were good, the last of them, and the others by their code. */
  #calls = 0;
  #lastAt = 0;
  #address: string | null = null;
  #others: Map<string, number> | null = null;

  constructor(digest: string, copy: KeyCopy, secretId: string, now: number) {
    super(digest);
    this.copy = copy;
    this.secretId = secretId;
    const key = copy.snapshot();
    this.#held = copy.terms.heldBy(key);
    this.#isBoundToAddresses = key.allowedAddresses.length > 0;
    this.#renew(now);
  }

  /** The verdict, as the server would give it; undefined: it is no question, which the server has to refuse. */
  judge(demand: Demand, now: number): Verification | undefined {
    if (this.#until !== null && now >= this.#until) this.#renew(now);
    const undemanding = this.#undemanding;
    // A good key of which nothing is asked that it does not have is a good key for that.
    if (this.#isGood && this.#meets(demand)) return undemanding;
    if (!isQuestion(demand)) return undefined;
    // Without an address such a key is not good, whatever it is with the one that is demanded.
    const isDecided = !undemanding.valid && !this.#isBoundToAddresses;
    return isDecided ? undemanding : this.#describe(demand, now);
  }

  /**
   * @param at on this process's monotonic clock, in whole milliseconds
   * @returns whether it is the first since they were taken
   */
  count(code: Verification["code"], at: number, address: string | undefined): boolean {
    this.#lastAt = at;
    if (code === "VALID") {
      this.#address = address ?? null;
      return this.#calls++ === 0 && this.#others === null;
    }
    const isFirst = this.#calls === 0 && this.#others === null;
    this.#others ??= new Map();
    this.#others.set(code, (this.#others.get(code) ?? 0) + 1);
    return isFirst;
  }

  /** What was counted since the last time. */
  takeUses(at: number): WireUse[] {
    const agoMs = Math.max(0, Math.floor(at) - this.#lastAt);
    const uses = [...(this.#others ?? [])].map(
      ([code, calls]): WireUse => [this.secretId, code, calls, agoMs, null],
    );
    if (this.#calls > 0) uses.push([this.secretId, "VALID", this.#calls, agoMs, this.#address]);
    this.#calls = 0;
    this.#others = null;
    return uses;
  }

  #meets({ permissions, namespace, ip }: Demand): boolean {
    if (ip !== undefined && isIP(ip) === 0) return false;
    if (permissions !== undefined) {
      if (permissions.length > mostPermissions) return false;
      for (const permission of permissions) if (!this.#held.has(permission)) return false;
    }
    if (namespace === undefined) return true;
    const [type, id] = this.copy.terms.wire.namespace;
    return namespace.type === type && namespace.id === id;
  }

  #renew(now: number): void {
    this.#undemanding = frozen(this.#describe({}, now));
    this.#isGood = this.#undemanding.valid;
    const secret = this.copy.wire[6].find(([id]) => id === this.secretId);
    const ends = [this.copy.wire[3], secret?.[3] ?? null].filter((end) => end !== null && end > now);
    this.#until = ends.length === 0 ? null : Math.min(...ends.map(Number));
  }

  #describe({ permissions, namespace, ip }: Demand, now: number): Verification {
    const key = this.copy.snapshot();
    const isIt = ({ id }: { readonly id: string }) => id === this.secretId;
    const demand = { permissions, namespace, address: ip };
    return describeVerdict(key, judgeKey(key, isIt, demand, new Date(now)));
  }
}

export const unknown: Verification = Object.freeze({ valid: false, code: "UNKNOWN" });

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the server takes for a question; it reads ids in upper case too, and is asked about those. */
function isQuestion({ permissions = [], namespace, ip }: Demand): boolean {
  if (ip !== undefined && isIP(ip) === 0) return false;
  if (permissions.length > mostPermissions || !permissions.every((each) => permissionPattern.test(each)))
    return false;
  return namespace === undefined || uuid.test(namespace.id);
}

/** One answer is given to many: nobody may change it for the others. */
function frozen(verification: Verification): Verification {
  for (const value of Object.values(verification)) {
    if (typeof value === "object" && value !== null) Object.freeze(value);
  }
  return Object.freeze(verification);
}
