import { jsonMembers } from "@/lib/core/json/json-members";
import type { Answer, Server } from "./ask-server";
import type { Demand } from "./latchkey";
import { LatchkeyError } from "./latchkey-error";
import type { Verification } from "./verification";

/**
 * Verifies a token over HTTP.
 *
 * @throws LatchkeyError when there is no verdict
 */
export async function askVerification(server: Server, token: string, demand: Demand): Promise<Verification> {
  const { permissions, ip, namespace } = demand;
  const answer = await server.post(
    "/v1/keys/verify",
    JSON.stringify({ key: token, permissions, ip, namespace }),
  );
  const json = parse(answer.body);
  if (answer.status !== 200) throw refusal(answer, json);
  if (!isVerification(json)) throw notFromLatchkey;
  return withMetadata(json, answer.body);
}

const notFromLatchkey = new LatchkeyError(
  "unavailable",
  "The response is not from a Latchkey of this version.",
);

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * A proxy may answer 200 with something else. In a verdict, `valid` is true exactly when the code is VALID, and a known
 * key has a list of permissions.
 */
function isVerification(json: unknown): json is Verification {
  if (typeof json !== "object" || json === null) return false;
  const { valid, code, permissions, subject, metadata } = json as Readonly<Record<string, unknown>>;
  if (typeof valid !== "boolean" || typeof code !== "string") return false;
  if (valid !== (code === "VALID")) return false;
  if (code === "MALFORMED" || code === "UNKNOWN") return true;
  return Array.isArray(permissions) && isTextOrNull(subject) && isObjectOrNull(metadata);
}

/** Older versions of Latchkey omit the subject and the metadata. */
function isTextOrNull(value: unknown): boolean {
  return typeof value === "string" || value === null || value === undefined;
}

function isObjectOrNull(value: unknown): boolean {
  return typeof value === "object" ? !Array.isArray(value) : value === undefined;
}

/** JSON.parse rounds numbers, so the metadata's text is taken from the body. */
function withMetadata(json: Verification, body: string): Verification {
  if (!("permissions" in json)) return json;
  const { subject = null, metadata = null } = json;
  const metadata_json = metadata === null ? null : (jsonMembers(body)?.get("metadata") ?? null);
  return { ...json, subject, metadata, metadata_json };
}

/** The error for a request that Latchkey rejects, as its problem document describes it. */
function refusal({ status, retryAfter }: Answer, json: unknown): LatchkeyError {
  const detail = detailOf(json) ?? `Latchkey answered with status ${status}.`;
  const seconds = Number(retryAfter);
  const retryAfterSeconds = retryAfter !== undefined && Number.isFinite(seconds) ? seconds : undefined;
  if (status === 429) return new LatchkeyError("rate_limited", detail, { retryAfterSeconds });
  if (status === 401 || status === 403) {
    return new LatchkeyError("refused", `Latchkey refuses this service's key: ${detail}`);
  }
  if (status === 400 || status === 413) return new LatchkeyError("invalid_request", detail);
  return new LatchkeyError("unavailable", detail, { retryAfterSeconds });
}

function detailOf(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { detail, errors } = json as { readonly detail?: unknown; readonly errors?: unknown };
  if (typeof detail !== "string") return undefined;
  const fields = Array.isArray(errors) ? errors.map(fieldOf).filter((text) => text !== "") : [];
  return fields.length === 0 ? detail : `${detail} ${fields.join("; ")}`;
}

function fieldOf(error: unknown): string {
  const { field, message } = (error ?? {}) as { readonly field?: unknown; readonly message?: unknown };
  return typeof field === "string" && typeof message === "string" ? `${field}: ${message}` : "";
}
