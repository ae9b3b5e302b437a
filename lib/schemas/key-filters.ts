import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { labelName, maximumLabels } from "@/lib/core/keys/attributes/key-labels";
import { subjectMaximum } from "@/lib/core/keys/attributes/key-subject";
import { keyListStatuses } from "@/lib/core/keys/key-list-settings";
import { momentQuery } from "./fields/moment";
import { labelValue, subjectFilter } from "./key-attributes";

/** A label that keys must have. A null `value` matches any value. */
export type LabelFilter = { readonly name: string; readonly value: string | null };

/** `name=value`, or `name` for any value. A value may contain `=` itself. */
export const labelFilter = z
  .string()
  .max(1000)
  .transform((text, context): LabelFilter => {
    const at = text.indexOf("=");
    const name = at === -1 ? text : text.slice(0, at);
    const value = at === -1 ? null : labelValue.safeParse(text.slice(at + 1));
    if (labelName.test(name) && value?.success !== false) return { name, value: value?.data ?? null };
    context.addIssue({
      code: "custom",
      message: "A label is a name, or a name and a value such as team=billing",
    });
    return z.NEVER;
  });

/** A key has at most this many labels. */
const labelFilters = z.array(labelFilter).max(maximumLabels, `At most ${maximumLabels} labels`);

const namespace = z.string().transform((text, context) => {
  const [type = "", id = ""] = text.split(/:(.*)/s);
  const parsed = z
    .strictObject({ type: z.enum(namespaceTypes), id: z.guid().toLowerCase() })
    .safeParse({ type, id });
  if (parsed.success) return parsed.data;
  const message = `This is not a namespace such as workspace:01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11; its type is one of ${namespaceTypes.join(", ")}`;
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** The filters of `GET /v1/keys`, as query parameters. A key must match all of them. */
export const keyFilters = {
  status: z.enum(keyListStatuses).default("all").meta({
    description:
      "`active` includes keys that are rolling or paused. `rolling`: the previous secret still works.",
  }),
  subject: subjectFilter
    .optional()
    .meta({ type: "string", minLength: 1, maxLength: subjectMaximum, description: "Exactly this subject." }),
  label: labelFilters.optional().meta({
    type: "array",
    items: { type: "string" },
    maxItems: maximumLabels,
    description:
      "A label as `name=value`, or `name` for any value. May be repeated; a key has to carry all of them.",
  }),
  namespace: namespace.optional().meta({
    type: "string",
    description:
      "A namespace as `type:id`. A key sees only its own namespace; the list of any other one is empty.",
  }),
  role: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "This is not a role id")
    .optional()
    .meta({ description: "The id of a role that the key has." }),
  creator: z
    .guid("This is not the id of a user")
    .toLowerCase()
    .optional()
    .meta({ description: "The id of the user who created it, as in `created_by`." }),
  level: z.enum(accessLevels).optional().meta({ description: "The access level that the key has." }),
  type: z.enum(keyTypes).optional().meta({ description: "Secret keys, or public ones." }),
  created_after: moment("Created at this time or later."),
  created_before: moment("Created before this time."),
  last_used_after: moment("Last used at this time or later."),
  last_used_before: moment("Last used before this time. Keys that were never used are not listed."),
  expires_after: moment("Expires at this time or later. Keys that never expire are not listed."),
  expires_before: moment("Expires, or expired, before this time. Keys that never expire are not listed."),
};

function moment(description: string) {
  return momentQuery.optional().meta({ type: "string", format: "date-time", description });
}
