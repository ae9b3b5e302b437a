import { z } from "zod";
import { auditActions } from "@/lib/core/audit-actions";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { formatSequenceCursor } from "@/lib/core/list-cursor";
import { mapResult } from "@/lib/core/result";
import { loggedAddress } from "@/lib/schemas/audit/audit-log-address";
import { momentQuery as moment } from "@/lib/schemas/fields/moment";
import { limitQuery, sequenceCursorQuery } from "@/lib/schemas/list-query";
import { listAuditEntries } from "@/lib/services/audit/list-audit-entries";
import { operation } from "../operate/operation";
import { auditEventJson, auditEventToJson, exampleAuditEvent } from "../shapes/audit-event-json";
import { pageAnswer } from "../shapes/list-json";
import { publicKeyId } from "../shapes/presented-key-json";

const idOfAnything = z.union([z.uuid().toLowerCase(), publicKeyId]);

/** The only operation that reads the audit log. */
export const listAuditEvents = operation({
  method: "get",
  path: "/v1/audit-events",
  operationId: "listAuditEvents",
  summary: "List audit events",
  description:
    "All changes in the organization, newest first, by people and by keys. Events are never changed, and are kept as long as the organization's `audit_retention_days` says. New ones appear before the first page, so reading page by page neither misses nor repeats older events. Needs a key of the organization itself: a change in one namespace can concern others, so a key of an application, a workspace or a user group cannot read them.",
  tag: "Audit log",
  permission: "audit:read",
  query: z.strictObject({
    limit: limitQuery,
    cursor: sequenceCursorQuery,
    action: z.enum(auditActions).optional().meta({ description: "Only events with this action." }),
    actor: idOfAnything.optional().meta({ description: "Only events of this user or key." }),
    target: idOfAnything.optional().meta({ description: "Only events whose target has this id." }),
    address: loggedAddress
      .optional()
      .meta({ type: "string", description: "Only events from this IP address." }),
    from: moment.optional().meta({ description: "Only events at or after this time." }),
    to: moment.optional().meta({ description: "Only events before this time." }),
  }),
  answer: pageAnswer("A page of the events.", auditEventJson, exampleAuditEvent),
  handle: async ({ context, query }) => {
    const { cursor: after = null, action, actor, target, ...filters } = query;
    const found = await listAuditEntries(context, {
      ...filters,
      after,
      ...(action === undefined ? {} : { actions: [action] }),
      ...(actor === undefined ? {} : { actor: actorOf(actor) }),
      ...(target === undefined ? {} : { target: { ids: [parseKeyId(target) ?? target] } }),
    });
    return mapResult(found, ({ rows, next }) => ({
      data: rows.map(auditEventToJson),
      next_cursor: next && formatSequenceCursor(next.sequence),
    }));
  },
});

function actorOf(id: string) {
  const keyId = parseKeyId(id);
  return keyId === null ? { userIds: [id] } : { keyId };
}
