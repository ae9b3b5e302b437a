import type { ErrorCode } from "./error";
import type { Failure } from "./result";
import { failure } from "./result";

/** How each refusal starts that the server sends to a page before its action runs. */
const openings = {
  forbidden: "This request did not come from a page of this dashboard.",
  too_large: "This request is too large.",
  invalid_request: "This request arrived incomplete.",
} as const satisfies Partial<Record<ErrorCode, string>>;

export type DoorRefusal = keyof typeof openings;

/** @param more what the person can do about it */
export function doorRefusal(code: DoorRefusal, more: string): Failure {
  return failure(code, `${openings[code]} ${more}`);
}

/**
 * The error of Next's client when the server no longer has an action, because it was upgraded after the page loaded.
 */
const unknownAction = /^Server Action "\w+" was not found on the server/;

/**
 * Recognizes a refusal that the server sent before the action ran. Next's client throws a plain-text response as an
 * error with that message.
 */
export function readDoorRefusal(error: unknown): Failure | null {
  const message = error instanceof Error ? error.message.trim() : "";
  if (unknownAction.test(message)) {
    return failure("conflict", "Latchkey was updated. Reload the page, then try again. Nothing was changed.");
  }
  for (const [code, opening] of Object.entries(openings)) {
    if (message.startsWith(opening)) return failure(code as DoorRefusal, message);
  }
  return null;
}
