import { z } from "zod";
import { permissionWords } from "@/lib/core/access/namespace";
import { mapResult } from "@/lib/core/result";
import { readDeletionOfKey } from "@/lib/services/resources/read-deletion-of-key";
import { operation } from "../../operate/operation";
import { writeJson } from "../../shapes/write-json";
import { resourceKinds } from "../resource-kinds";

const params = z.strictObject({ id: z.uuid().toLowerCase() });
const deletion = z
  .strictObject({
    keys: z.int().meta({ description: "Keys that work now and would be revoked." }),
    workspaces: z.int(),
    user_groups: z.int(),
    people: z.int().meta({ description: "People who would lose their access to it." }),
  })
  .meta({ id: "Deletion" });

/** What a deletion of each type of resource would end. */
export const resourceDeletionOperations = resourceKinds.map(({ type, path, tag, names, words }) =>
  operation({
    method: "get",
    path: `${path}/{id}/deletion`,
    operationId: `read${names.one}Deletion`,
    summary: `Preview the deletion of ${words.a}`,
    description: `What a DELETE would end now, with everything in the ${words.one}. Changes nothing.`,
    tag,
    permission: `${permissionWords[type]}:delete`,
    params,
    answer: {
      description: "What would end.",
      schema: deletion,
      example: { keys: 3, workspaces: type === "application" ? 2 : 0, user_groups: 0, people: 4 },
    },
    handle: async ({ context, params: { id } }) =>
      mapResult(await readDeletionOfKey(context, { type, id }), ({ keyTotal, ...view }) =>
        writeJson(deletion, { ...view, keys: keyTotal }),
      ),
  }),
);
