import type { IncomingMessage } from "node:http";
import type { Permission } from "@/lib/core/access/permission";
import { jsonMembers } from "@/lib/core/json/json-members";
import { JsonText } from "@/lib/core/json/json-text";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { KeyContext } from "@/lib/services/access/key-context";
import { runOnce } from "@/lib/services/idempotency/run-once";
import type { Outcome } from "./outcome";

/** Visible ASCII. Node joins repeated headers with a comma and a space, and the space does not match. */
export const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;

/** The request's idempotency key; undefined without one. */
function idempotencyKey({ headers }: IncomingMessage): Result<string | undefined> {
  const key = headers["idempotency-key"];
  if (key === undefined) return success(undefined);
  if (typeof key === "string" && idempotencyKeyPattern.test(key)) return success(key);
  return failure("invalid_request", "Idempotency-Key must be 1 to 255 visible ASCII characters.");
}

/** How a stored answer differs from the first one. */
type RepeatedAnswer = {
  /** Fields that are returned only in the first answer. */
  readonly once?: readonly string[];
  readonly noteWhenRepeated?: string;
};

/** Runs the work once per idempotency key of the calling key. Without an idempotency key it just runs. */
export async function idempotently(
  request: {
    readonly incoming: IncomingMessage;
    readonly context: KeyContext;
    readonly content: object;
    readonly permission: Permission | null;
  },
  { once = [], noteWhenRepeated }: RepeatedAnswer,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const { incoming, context, content } = request;
  const key = idempotencyKey(incoming);
  if (!key.ok) return key;
  if (key.value === undefined) return work();
  const outcome = await runOnce(
    {
      caller: { organizationId: context.organization.id, keyId: context.actor.keyId },
      idempotencyKey: key.value,
      content: JSON.stringify(content),
      at: context.origin.at,
    },
    once,
    work,
  );
  if (!outcome.ok || !("replayed" in outcome)) return outcome;
  // The stored answer may contain the key itself, which a token without the permission must not get.
  const { byAccessToken, permissions } = context.actor;
  if (byAccessToken && request.permission !== null && !permissions.includes(request.permission)) {
    return failure("forbidden", `This needs the permission ${request.permission}.`);
  }
  return {
    ok: true,
    value: repeatedValue(outcome.text, noteWhenRepeated),
    headers: { "Idempotent-Replayed": "true" },
  };
}

/** The stored text of the first answer, with a note added if it is an object. */
function repeatedValue(text: string, note: string | undefined): unknown {
  const members = note === undefined ? null : jsonMembers(text);
  if (members === null) return JsonText.of(text);
  const written = [...members].map(([name, inside]) => [name, JsonText.of(inside)] as const);
  return { ...Object.fromEntries(written), note };
}
