import { z } from "zod";
import { labelName, labelValueMaximum, maximumLabels } from "@/lib/core/keys/attributes/key-labels";
import { isWithin, subjectMaximum, unshowable } from "@/lib/core/keys/attributes/key-subject";
import { labelNameFault } from "@/lib/core/keys/attributes/read-label";
import { metadataFault } from "@/lib/core/keys/key-metadata";
import { plainText } from "./fields/plain-text";
import { writtenJson } from "./fields/written-json";

/**
 * The customer's own id for the key's holder. Services compare it exactly, so it is stored exactly as sent: two ids
 * that merely look alike must stay different.
 */
const subjectText = z
  .string("Subject is text")
  .refine((text) => isWithin(text, subjectMaximum), `Subject has at most ${subjectMaximum} characters`)
  .refine((text) => !unshowable.test(text), "Subject has characters that cannot be shown")
  .refine((text) => text.isWellFormed(), "Subject is not well-formed text")
  .refine((text) => text === "" || text.trim() !== "", "Subject is blank");

/** Null or empty text means no subject. */
export const keySubject = subjectText.transform((text) => text || null).nullable();

/** Keys with exactly this subject. */
export const subjectFilter = subjectText.min(1, "Subject is blank");

/** The JSON text of an object, which verification returns exactly as written. Null or empty text means no metadata. */
export const keyMetadata = z
  .string("Metadata is JSON text")
  .transform((written, context) => {
    const text = written.trim();
    return text === "" ? null : checkedMetadata(text, context);
  })
  .nullable();

/** Metadata as a program sends it: a JSON object, stored as the text it was written in. */
export const writtenMetadata = writtenJson
  .transform(({ text }, context) => checkedMetadata(text, context))
  .nullable();

function checkedMetadata(text: string, context: z.core.$RefinementCtx): string {
  const message = metadataFault(text);
  if (message !== null) context.addIssue({ code: "custom", message });
  return text;
}

/**
 * The limit counts code points, like a subject's. plainText counts UTF-16 units, of which a code point takes at most
 * two.
 */
export const labelValue = plainText({
  label: "The value",
  minimum: 0,
  maximum: 2 * labelValueMaximum,
}).refine(
  (text) => [...text].length <= labelValueMaximum,
  `The value has at most ${labelValueMaximum} characters`,
);

export type KeyLabels = Readonly<Record<string, string>>;

/**
 * Labels by name, for people to sort keys by. The new labels replace all existing ones; null removes them. Not a
 * `z.record`, which would silently drop the name `__proto__`.
 */
export const keyLabels = z
  .custom<Readonly<Record<string, unknown>> | null>(
    (sent) => typeof sent === "object" && !Array.isArray(sent),
    'Labels are an object of names and values, such as {"team": "billing"}',
  )
  .transform((sent, context): KeyLabels => {
    const labels: [name: string, value: string][] = [];
    const refuse = (message: string, path: string[] = []) =>
      context.addIssue({ code: "custom", message, path });
    const sentLabels = Object.entries(sent ?? {});
    if (sentLabels.length > maximumLabels) refuse(`A key has at most ${maximumLabels} labels`);
    for (const [name, value] of sentLabels.slice(0, maximumLabels)) {
      if (!labelName.test(name)) {
        // The message does not quote the name: somebody may have pasted a token there.
        refuse(labelNameFault);
        continue;
      }
      const parsed = labelValue.safeParse(value);
      if (parsed.success) labels.push([name, parsed.data]);
      else refuse(parsed.error.issues.at(-1)?.message ?? "This value is not valid", [name]);
    }
    return Object.fromEntries(labels);
  });

/** The subject, metadata and labels of a key. Inputs may omit any of them. */
export const keyAttributes = {
  subject: keySubject.optional(),
  metadata: keyMetadata.optional(),
  labels: keyLabels.optional(),
};
