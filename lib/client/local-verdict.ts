import { isIP } from "node:net";
import { permissionPattern } from "@/lib/core/permission";
import { judgeKey } from "@/lib/core/verdict";
import type { Verification } from "@/lib/core/verification";
import { describeVerdict } from "@/lib/core/verification";
import type { Match } from "./copies";
import type { Demand } from "./latchkey";

/** A match with what follows from it alone, so that it is worked out once and not at each verification. */
export type JudgedMatch = Match & {
  /** The verdict on the key when nothing is demanded of it. */
  readonly undemanding: Verification;
  readonly permissions: ReadonlySet<string>;
  /** Until when that verdict holds, by the server's clock in milliseconds: time changes it then. */
  readonly until: number;
};

/** @param now by the server's clock, in milliseconds since the epoch */
export function judgeMatch(match: Match, now: number): JudgedMatch {
  const { key, secretId } = match;
  const at = new Date(now);
  const undemanding = describeVerdict(
    key,
    judgeKey(key, ({ id }) => id === secretId, {}, at),
  );
  const ends = [key.expiresAt, key.secrets.find(({ id }) => id === secretId)?.endsAt ?? null];
  const until = Math.min(...ends.flatMap((end) => (end !== null && end > at ? end.getTime() : [])));
  const permissions = "permissions" in undemanding ? undemanding.permissions : [];
  return { key, secretId, undemanding: frozen(undemanding), permissions: new Set(permissions), until };
}

/**
 * The verdict, as the server would give it; undefined when what is demanded has to be refused by the server, since
 * it is no question.
 *
 * @param judged at a moment before `until`
 */
export function verdictOf(judged: JudgedMatch, demand: Demand, now: number): Verification | undefined {
  const { undemanding, permissions } = judged;
  const { permissions: asked, namespace, ip } = demand;
  if (ip !== undefined && isIP(ip) === 0) return undefined;
  if (!undemanding.valid || (asked === undefined && namespace === undefined)) {
    return isQuestion(demand) ? undemanding : undefined;
  }
  const { type, id } = undemanding.namespace;
  const isThere = namespace === undefined || (namespace.type === type && namespace.id === id);
  // A good key of which nothing is asked that it does not have is a good key for that.
  if (
    isThere &&
    (asked === undefined || (asked.length <= 100 && asked.every((each) => permissions.has(each))))
  ) {
    return undemanding;
  }
  if (!isQuestion(demand)) return undefined;
  const { key, secretId } = judged;
  return describeVerdict(
    key,
    judgeKey(key, (secret) => secret.id === secretId, { permissions: asked, namespace }, new Date(now)),
  );
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the server takes for a question; it reads ids in upper case too, and is asked about those. */
function isQuestion({ permissions = [], namespace }: Demand): boolean {
  if (permissions.length > 100 || !permissions.every((each) => permissionPattern.test(each))) return false;
  return namespace === undefined || uuid.test(namespace.id);
}

/** One answer is given to many: nobody may change it for the others. */
function frozen(verification: Verification): Verification {
  for (const value of Object.values(verification)) {
    if (typeof value === "object" && value !== null) Object.freeze(value);
  }
  return Object.freeze(verification);
}
