import type { ErrorCode } from "./error";

/** What an error means and what to do about it, for the reference and for a problem's `type` link. */
export const errorHelp: Record<ErrorCode, { readonly meaning: string; readonly remedy: string }> = {
  key_missing: {
    meaning: "The request carries no credential.",
    remedy: "Send the token as Authorization: Bearer <token>, or a key in X-API-Key.",
  },
  key_malformed: {
    meaning: "The token is malformed, or its checksum is wrong.",
    remedy: "Check that you copied all of it, without spaces or quotes.",
  },
  key_unknown: {
    meaning: "There is no key with this token.",
    remedy:
      "Check which installation and organization it belongs to; a key created elsewhere is unknown here.",
  },
  key_expired: {
    meaning:
      "The key has expired: the expiry it was created with has passed, or it has reached its organization's maximum lifetime.",
    remedy:
      "Generate a new key. expiry_set_by in the key says which of the two it was; a key that the maximum lifetime ended works again if an owner raises it.",
  },
  key_paused: {
    meaning: "The key is paused. It works again as soon as somebody resumes it.",
    remedy: "Ask the key's creator or an administrator of the organization to resume it.",
  },
  key_rolled: {
    meaning: "The key was rolled, and the grace period of its previous secret is over.",
    remedy: "Use the key's new secret.",
  },
  key_revoked: {
    meaning: "The key was revoked or deleted. This is final.",
    remedy: "Generate a new key, and find out why this one was revoked.",
  },
  signed_out: {
    meaning: "There is no session, or it has ended.",
    remedy: "Sign in again.",
  },
  reauthentication_required: {
    meaning: "This action needs a password that was entered within the last few minutes.",
    remedy: "Enter the password again.",
  },
  forbidden: {
    meaning: "The credential is valid and sees the resource, but may not do this with it.",
    remedy: "GET /v1/me shows what the credential may do, and what removes the rest.",
  },
  not_found: {
    meaning: "There is nothing at this address, or nothing that the credential can see.",
    remedy:
      "Check the id, and which namespace the key belongs to. Other people's resources are reported as not found.",
  },
  method_not_allowed: {
    meaning: "The address exists, but does not accept this method.",
    remedy: "The Allow header lists the methods that it accepts.",
  },
  conflict: {
    meaning: "The request conflicts with the current state: something else was done before it.",
    remedy:
      "Read the current state and decide again. With Retry-After, wait that long and send the same again.",
  },
  roll_in_progress: {
    meaning: "The key was rolled before, and its previous secret still works.",
    remedy:
      "If you never received the current secret, roll with replace_unused: true; the previous secret keeps working until its end. With supersede: true the previous secret ends at once.",
  },
  too_large: {
    meaning: "The body is larger than this address accepts: 64 KiB unless stated otherwise.",
    remedy: "Send less at a time.",
  },
  unsupported_media_type: {
    meaning: "The body does not have the type that this address reads.",
    remedy: "Send JSON in UTF-8, not compressed, with Content-Type: application/json.",
  },
  invalid_request: {
    meaning: "Something in the request is missing, wrong or unknown.",
    remedy: "errors names each field and what is wrong with it. Unknown fields are refused too.",
  },
  rate_limited: {
    meaning: "This key or this address has sent too many requests.",
    remedy: "Wait for as long as Retry-After says. RateLimit shows in advance what is left.",
  },
  internal: {
    meaning: "Something went wrong on the server.",
    remedy: "Quote the request id when you report it.",
  },
  unavailable: {
    meaning: "The server cannot answer right now. Without its database it does not accept any key.",
    remedy: "Try again shortly; with an idempotency key, creations can be retried too.",
  },
};
