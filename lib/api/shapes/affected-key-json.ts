import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { formatListCursor } from "@/lib/core/list-cursor";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import type { AffectedKeys } from "@/lib/services/members/list-affected-keys";
import { publicKeyId } from "./presented-key-json";
import { writeJson } from "./write-json";

const affectedKey = z
  .strictObject({
    id: publicKeyId,
    name: z.string(),
    type: z.enum(keyTypes),
    access_level: z.enum(accessLevels),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
    lost: z.array(z.string()).meta({
      description: "The permissions that it would lose. Without a level, it ends and loses all it has.",
    }),
    receivers: z.array(z.uuid()).meta({
      description: "Up to 20 members who could get it instead, those of the highest level first.",
    }),
  })
  .meta({ id: "AffectedKey" });

const example = {
  id: "key_0123456789abcdEF",
  name: "Billing",
  type: "secret",
  access_level: "MEMBER",
  created_at: "2026-11-21T09:30:00.000Z",
  last_used_at: "2026-11-28T09:30:00.000Z",
  lost: ["applications:read"],
  receivers: ["01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d15"],
} as const;

/** The query string of an operation that lists them. */
export const affectedKeysQuery = z.strictObject({
  limit: limitQuery,
  cursor: cursorQuery("key"),
  access_level: z.enum(accessLevels).optional().meta({
    description: "The level that they would get. Leave it out to ask about the loss of their level.",
  }),
});

export const affectedKeysAnswer = {
  description: "A page of the keys that would end or lose permissions.",
  schema: z.strictObject({
    data: z.array(affectedKey),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: "Send it as `cursor` to get the next page; null on the last page." }),
    total: z.int().meta({ description: "How many keys this list has, on all pages." }),
    elsewhere: z.int().meta({
      description:
        "How many more of their keys are affected in namespaces that the calling key does not see.",
    }),
  }),
  example: { data: [example], next_cursor: null, total: 1, elsewhere: 0 },
} as const;

const receiversShown = 20;

export function writeAffectedKeys({ rows, next, total, elsewhere }: AffectedKeys) {
  return {
    data: rows.map((key) =>
      writeJson(affectedKey, {
        ...key,
        id: formatKeyId(key.id),
        receivers: key.receivers.slice(0, receiversShown),
      }),
    ),
    next_cursor: next && formatListCursor(next),
    total,
    elsewhere,
  };
}
