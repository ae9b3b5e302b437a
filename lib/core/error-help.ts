import type { ErrorCode } from "./error";

/** What an error means and what to do about it, for the reference and for a problem's `type` link. */
export const errorHelp: Record<ErrorCode, { readonly meaning: string; readonly remedy: string }> = {
  key_missing: {
    meaning: "The request carries no credential.",
    remedy: "Send the token as Authorization: Bearer <token>, or a key in X-API-Key.",
  },
  key_malformed: {
    meaning: "The credential is not a whole token: its form or its checksum is wrong.",
    remedy: "Check that all of it was copied, without blanks or quotes.",
  },
  key_unknown: {
    meaning: "There is no key with this token.",
    remedy: "Check which installation and organization it belongs to; a key made elsewhere is unknown here.",
  },
  key_expired: {
    meaning: "The key's expiry has passed. It was set when the key was made and cannot be changed.",
    remedy: "Generate a new key.",
  },
  key_rolled: {
    meaning: "The key was rolled, and the time in which its previous secret works on is over.",
    remedy: "Use the key's new secret.",
  },
  key_revoked: {
    meaning: "The key was revoked or deleted. That is final.",
    remedy: "Generate a new key, and find out why this one was ended.",
  },
  signed_out: {
    meaning: "There is no session, or it has ended.",
    remedy: "Sign in again.",
  },
  reauthentication_required: {
    meaning: "What is asked for destroys something, and the password was not entered in the last minutes.",
    remedy: "Enter the password again.",
  },
  forbidden: {
    meaning: "The credential is good and sees what is asked for, but may not do this with it.",
    remedy: "GET /v1/me tells what the credential may do, and what takes the rest away.",
  },
  not_found: {
    meaning: "There is nothing at this address, or nothing that the credential can see.",
    remedy:
      "Check the id, and which namespace the key belongs to. What is another's looks like what is not there.",
  },
  method_not_allowed: {
    meaning: "The address is there, but does not answer this method.",
    remedy: "The Allow header names the methods that it does answer.",
  },
  conflict: {
    meaning: "The request cannot be carried out as things are now: something else was done before it.",
    remedy:
      "Read the current state and decide again. With Retry-After, wait that long and send the same again.",
  },
  roll_in_progress: {
    meaning: "The key was rolled before, and its previous secret still works.",
    remedy:
      "If the current secret never reached you, roll with replace_unused: true; the previous secret keeps its time. With supersede: true the previous secret ends at once.",
  },
  too_large: {
    meaning: "The body has more bytes than this address takes, which are 64 KiB where nothing else is said.",
    remedy: "Send less at a time.",
  },
  unsupported_media_type: {
    meaning: "The body is not of the type that this address reads.",
    remedy: "Send JSON in UTF-8, not compressed, with Content-Type: application/json.",
  },
  invalid_request: {
    meaning: "Something in the request is missing, wrong or not known here.",
    remedy: "errors names each field and what is wrong with it. Fields that are not known are refused too.",
  },
  rate_limited: {
    meaning: "This key or this address has sent too many requests.",
    remedy: "Wait for as long as Retry-After says. RateLimit tells beforehand what is left.",
  },
  internal: {
    meaning: "Something went wrong on the side of the server.",
    remedy: "Quote the request id when you report it.",
  },
  unavailable: {
    meaning: "The server cannot answer at the moment. No key is called good without its database.",
    remedy: "Try again shortly; with an idempotency key, also what creates something.",
  },
};
