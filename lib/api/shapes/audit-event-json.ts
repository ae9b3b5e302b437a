import { z } from "zod";
import { auditActions, auditActorKinds, auditTargetTypes } from "@/lib/core/audit-actions";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { AuditEntryView } from "@/lib/services/audit/list-audit-entries";
import { inSnakeCase } from "./field-names";
import { writeJson } from "./write-json";

const detail = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** An entry of the audit log. */
export const auditEventJson = z
  .strictObject({
    id: z.uuid(),
    sequence: z.int().min(1).meta({ description: "1, 2, 3 ... in each organization, without gaps." }),
    at: z.iso.datetime().meta({ description: "When the request arrived; events are ordered by `sequence`." }),
    action: z.enum(auditActions),
    actor: z
      .strictObject({
        type: z.enum(auditActorKinds),
        id: z.string().nullable().meta({ description: "The user's or key's id; null for the system." }),
        name: z.string().meta({ description: "The name at that time." }),
      })
      .meta({ description: "Who did it." }),
    on_behalf_of: z
      .uuid()
      .nullable()
      .meta({ description: "The user that the key's access token acted for; null if for nobody." }),
    target: z
      .strictObject({ type: z.enum(auditTargetTypes), id: z.string(), name: z.string() })
      .meta({ description: "The target of the action." }),
    details: z
      .record(z.string(), detail)
      .meta({ description: "What changed; the fields depend on the action." }),
    address: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string().nullable(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({
        description:
          "A keyed hash over the previous event's hash and this event. Keep one elsewhere to tell later whether anything before it was changed.",
      }),
  })
  .meta({ id: "AuditEvent" });

export const exampleAuditEvent = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d15",
  sequence: 42,
  at: "2026-11-21T09:30:00.000Z",
  action: "key.revoked",
  actor: { type: "user", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d14", name: "Ana" },
  on_behalf_of: null,
  target: { type: "key", id: "key_0123456789abcdEF", name: "Billing" },
  details: { reason: "person" },
  address: "203.0.113.7",
  user_agent: "Mozilla/5.0",
  request_id: "5f0c6c1e-6a43-4f6f-8d6a-0f5b8f3f2c1d",
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
} as const;

export function auditEventToJson(entry: AuditEntryView) {
  const { actorKind, actorUserId, actorKeyId, targetType, targetId } = entry;
  const details = Object.entries(entry.details).map(([name, value]) => [inSnakeCase(name), value]);
  return writeJson(auditEventJson, {
    ...entry,
    actor: {
      type: actorKind,
      id: actorKeyId === null ? actorUserId : formatKeyId(actorKeyId),
      name: entry.actorName,
    },
    onBehalfOf: entry.onBehalfOfId,
    target: {
      type: targetType,
      id: targetType === "key" ? formatKeyId(targetId) : targetId,
      name: entry.targetName,
    },
    details: Object.fromEntries(details),
    hash: Buffer.from(entry.hash).toString("hex"),
  });
}
