import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { isShorter } from "@/lib/core/keys/effective-end";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { EndingKeys, Shortening } from "./lifetime-preview";
import { countEnding, previewLifetime } from "./lifetime-preview";

/** What the preview showed, and the time it refers to. */
export type ShownEnding = EndingKeys & { readonly maximumLifetimeDays: number; readonly at: Date };

const shownForMs = 60 * 60 * 1000;

/** A shorter maximum that ends keys which the person was not shown. */
export type UnseenEnding = { readonly unseen: Shortening; readonly detail: string };

/**
 * Checks whether a shorter maximum lifetime ends keys, at once or soon, that the person was not shown. Calling keys see
 * no preview, so they are not checked.
 *
 * Keys are counted for the time of the preview: in a large organization, keys always reach the maximum while somebody
 * reads it, so every save would be a conflict. They were shown as ending soon.
 *
 * @param policy read under the organization's lock
 */
export async function findUnseenEnding(
  transaction: Transaction,
  { organization, actor, origin }: ActingContext,
  policy: LifetimePolicy,
  { maximumLifetimeDays }: Pick<LifetimePolicy, "maximumLifetimeDays">,
  shown: ShownEnding | undefined,
): Promise<UnseenEnding | null> {
  if (actor.kind === "key" || !isShorter(maximumLifetimeDays, policy.maximumLifetimeDays)) return null;
  const unseen = { organizationId: organization.id, policy, maximumLifetimeDays, at: origin.at };
  const known = shown !== undefined && isCurrent(shown, maximumLifetimeDays, origin.at) ? shown : null;
  const { now, soon } = await countEnding(transaction, { ...unseen, at: known?.at ?? origin.at });
  if (now <= (known?.now ?? 0) && now + soon <= (known === null ? 0 : known.now + known.soon)) return null;
  const detail =
    shown === undefined
      ? "This ends keys. Review them before you save."
      : "More keys would end than you were shown. Review them again.";
  return { unseen, detail };
}

/** The conflict with the preview to show. Read without a lock, since for a million keys it takes seconds. */
export async function conflictWithPreview({ unseen, detail }: UnseenEnding): Promise<Failure> {
  const preview = await previewLifetime(database(), unseen);
  return { ...failure("conflict", detail), current: { lifetimePreview: preview } };
}

function isCurrent({ at, ...shown }: ShownEnding, maximumLifetimeDays: number, now: Date): boolean {
  const age = now.getTime() - at.getTime();
  return shown.maximumLifetimeDays === maximumLifetimeDays && age >= 0 && age <= shownForMs;
}
