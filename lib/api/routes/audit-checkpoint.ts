import { z } from "zod";
import { mapResult } from "@/lib/core/result";
import { chainHash } from "@/lib/schemas/audit/audit-checkpoint";
import { readAuditCheckpoint } from "@/lib/services/audit/read-audit-checkpoint";
import { operation } from "../operate/operation";
import { exampleAuditEvent } from "../shapes/audit-event-json";

export const readCheckpoint = operation({
  method: "get",
  path: "/v1/audit-checkpoint",
  operationId: "readAuditCheckpoint",
  summary: "Read the audit log's checkpoint",
  description:
    "The number and the hash of the last audit event, signed by a key of `/.well-known/jwks.json`. Keep it where nobody who can change the database can change it too: `npm run audit:verify` then also finds events that were removed from the end. Needs a key of the organization itself.",
  tag: "Audit log",
  permission: "audit:read",
  answer: {
    description: "Where the audit log ends now.",
    schema: z
      .strictObject({
        organization_id: z.uuid(),
        sequence: z.int().min(0).meta({ description: "The number of the last event." }),
        hash: chainHash.meta({ description: "The last event's hash." }),
        at: z.iso.datetime().meta({ description: "When this was signed." }),
        checkpoint: z.string().meta({
          description:
            "All of this as a signed JWS (RFC 7515). Its header has `typ` `audit-checkpoint+jwt`, its payload `iss`, `iat`, `organization`, `sequence` and `hash`.",
        }),
      })
      .meta({ id: "AuditCheckpoint" }),
    example: {
      organization_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
      sequence: exampleAuditEvent.sequence,
      hash: exampleAuditEvent.hash,
      at: "2026-11-21T09:30:00.000Z",
      checkpoint: "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF1ZGl0LWNoZWNrcG9pbnQrand0In0.eyJzZXF1ZW5jZSI6NDJ9.c2ln",
    },
  },
  errors: ["conflict"],
  handle: async ({ context }) => {
    const read = await readAuditCheckpoint(context);
    return mapResult(read, ({ organizationId, sequence, hash, at, checkpoint }) => ({
      organization_id: organizationId,
      ...{ sequence, hash, checkpoint },
      at: at.toISOString(),
    }));
  },
});
