import { isIP } from "node:net";
import { permissionPattern } from "@/lib/core/access/permission";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { judgeKey } from "@/lib/core/keys/verdict";
import { describeVerdict } from "@/lib/core/keys/verification";
import type { WireUse } from "@/lib/core/keys/wire/key-wire";
import type { KeyCopy } from "./key-copy";
import type { Demand } from "./latchkey";
import { TokenDigest } from "./token-digest";
import type { Verification } from "./verification";
import { verificationWith } from "./verification";

const mostPermissions = 100;

/**
 * A token that is a key's secret, kept as its digest, with its verdict and how often it was used. `now` is the
 * server's clock, in milliseconds since the epoch.
 */
export class KnownToken extends TokenDigest {
  /** The next token in the same chain of KnownTokens. */
  next: KnownToken | null = null;
  readonly copy: KeyCopy;
  readonly secretId: string;
  /** The verdict without a demand. `#changesAt` is the next time at which the clock changes it; null means never. */
  #undemanding: Verification = unknown;
  #changesAt: number | null = null;
  #isGood = false;
  /** The key's permissions, for when that verdict is valid. */
  readonly #held: ReadonlySet<string>;
  readonly #isBoundToAddresses: boolean;
  /** Valid uses, the time and address of the last one, and refused uses by their code. */
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

  /** The verdict that the server would give; undefined if the demand is invalid, so that the server rejects it. */
  judge(demand: Demand, now: number): Verification | undefined {
    if (this.#changesAt !== null && now >= this.#changesAt) this.#renew(now);
    const undemanding = this.#undemanding;
    // The fast path: a valid key that meets the demand is valid for it.
    if (this.#isGood && this.#meets(demand)) return undemanding;
    if (!isValidDemand(demand)) return undefined;
    // A key bound to addresses is refused without an address, but may be valid from the one in the demand.
    const isDecided = !undemanding.valid && !this.#isBoundToAddresses;
    return isDecided ? undemanding : this.#describe(demand, now);
  }

  /**
   * @param at on this process's monotonic clock, in whole milliseconds
   * @returns whether this is the first use since `takeUses`
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

  /** Hands over what was counted, and starts again from zero. */
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
    const secret = this.copy.key.secrets.find(({ id }) => id === this.secretId);
    const end = effectiveEnd(this.copy.snapshot())?.getTime() ?? null;
    const ends = [end, secret?.endsAt ?? null].filter((each) => each !== null && each > now);
    this.#changesAt = ends.length === 0 ? null : Math.min(...ends.map(Number));
  }

  #describe({ permissions, namespace, ip }: Demand, now: number): Verification {
    const key = this.copy.snapshot();
    const isIt = ({ id }: { readonly id: string }) => id === this.secretId;
    const demand = { permissions, namespace, address: ip };
    const described = describeVerdict(key, judgeKey(key, isIt, demand, new Date(now)));
    return verificationWith(described, this.copy.metadata?.parsed);
  }
}

export const unknown: Verification = Object.freeze({ valid: false, code: "UNKNOWN" });

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Stricter than the server, which also reads ids in upper case: those go to it. */
function isValidDemand({ permissions = [], namespace, ip }: Demand): boolean {
  if (ip !== undefined && isIP(ip) === 0) return false;
  if (permissions.length > mostPermissions || !permissions.every((each) => permissionPattern.test(each)))
    return false;
  return namespace === undefined || uuid.test(namespace.id);
}

/** Every caller gets the same object, so nobody may change it. */
function frozen(verification: Verification): Verification {
  for (const value of Object.values(verification)) {
    if (typeof value === "object" && value !== null) Object.freeze(value);
  }
  return Object.freeze(verification);
}
