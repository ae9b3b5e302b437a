import { z } from "zod";
import { auditActions } from "@/lib/core/audit-actions";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { formatSequenceCursor } from "@/lib/core/list-cursor";
import { mapResult } from "@/lib/core/result";
import { momentQuery as moment } from "@/lib/schemas/fields/moment";
import { limitQuery, sequenceCursorQuery } from "@/lib/schemas/list-query";
import { listAuditEntries } from "@/lib/services/audit/list-audit-entries";
import { operation } from "../operate/operation";
import { auditEventJson, auditEventToJson, exampleAuditEvent } from "../shapes/audit-event-json";
import { pageAnswer } from "../shapes/list-json";
import { publicKeyId } from "../shapes/presented-key-json";

const idOfAnything = z.union([z.uuid().toLowerCase(), publicKeyId]);

/** The only way for a program to read the audit log. */
export const listAuditEvents = operation({
  method: "get",
  path: "/v1/audit-events",
  operationId: "listAuditEvents",
  summary: "List audit events",
  description:
    "Everything that was changed in the organization, newest first, whoever changed it. An event is never changed or removed, and new ones come before the first page, so that a list that is read page by page misses none of the older ones and repeats none. Needs a key of the organization itself: what is done in one place concerns others, so a key of an application, a workspace or a user group reads none of it.",
  tag: "Audit log",
  permission: "audit:read",
  query: z.strictObject({
    limit: limitQuery,
    cursor: sequenceCursorQuery,
    action: z.enum(auditActions).optional().meta({ description: "Only what was done in this way." }),
    actor: idOfAnything.optional().meta({ description: "Only what this user, or this key, did." }),
    target: idOfAnything.optional().meta({ description: "Only what was done to the thing with this id." }),
    from: moment.optional().meta({ description: "Only what was done at this moment or after it." }),
    to: moment.optional().meta({ description: "Only what was done before this moment." }),
  }),
  answer: pageAnswer("A page of the events.", auditEventJson, exampleAuditEvent),
  handle: async ({ context, query }) => {
    const { cursor: after = null, actor, target, ...filters } = query;
    const found = await listAuditEntries(context, {
      ...filters,
      after,
      ...(actor === undefined ? {} : { actor: actorOf(actor) }),
      ...(target === undefined ? {} : { targetId: parseKeyId(target) ?? target }),
    });
    return mapResult(found, ({ rows, next }) => ({
      data: rows.map(auditEventToJson),
      next_cursor: next && formatSequenceCursor(next.sequence),
    }));
  },
});

function actorOf(id: string) {
  const keyId = parseKeyId(id);
  return keyId === null ? { userId: id } : { keyId };
}
