import { formatKeyId } from "@/lib/core/keys/key-id";
import type { TestKey } from "../data/test-key";
import type { TestApi } from "./test-api";

/** The Basic credentials of an id and a secret: each form-encoded, joined by a colon, in base64. (RFC 6749, 2.3.1) */
export function basic(id: string, secret: string): Record<string, string> {
  const text = [id, secret].map((part) => encodeURIComponent(part).replaceAll("%20", "+")).join(":");
  return { Authorization: `Basic ${Buffer.from(text).toString("base64")}` };
}

export function basicOf(key: TestKey): Record<string, string> {
  return basic(formatKeyId(key.id), key.token);
}

/** Sends a form to an OAuth endpoint. */
export function postForm(
  api: TestApi,
  endpoint: "token" | "introspect" | "revoke",
  form: Record<string, string> | string,
  headers: Record<string, string>,
) {
  return api.call(`/v1/oauth/${endpoint}`, undefined, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: typeof form === "string" ? form : new URLSearchParams(form).toString(),
  });
}
