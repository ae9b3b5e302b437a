import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Result } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";

/** A way to act as any of the example's people at any time. */
export type ActAs = (level: AccessLevel, at: Date) => Promise<MemberContext>;

/** The value of what a seeding cannot do without. */
export function expect<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}
