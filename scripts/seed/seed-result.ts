import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Result } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";

/** Lets the seed act as any of the example's people at any time. */
export type ActAs = (level: AccessLevel, at: Date) => Promise<MemberContext>;

/** The value of a result; the seed cannot continue without it. */
export function expect<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}
