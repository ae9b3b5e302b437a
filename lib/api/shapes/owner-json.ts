import { z } from "zod";
import type { JsonText } from "@/lib/core/json/json-text";

type Metadata = Readonly<Record<string, unknown>>;

/** Handlers return the stored text, and clients receive it as an object. */
const metadata = z.record(z.string(), z.unknown()) as unknown as z.ZodType<Metadata, JsonText>;

/** A key's subject and metadata, as every answer about a key includes them. */
export const ownerFields = {
  subject: z.string().nullable().meta({
    description: "Whose key it is, in your own terms, such as your id of a customer. Null if there is none.",
  }),
  metadata: metadata.nullable().meta({
    description:
      "What you store with the key, exactly as it was written: the order of members and the spelling of numbers are kept. Null if there is none. The key's holder can read it with `GET /v1/me` and in access tokens, and everybody can read a public key's.",
  }),
};

export const exampleOwner = { subject: "cus_8213", metadata: { plan: "pro", seats: 25 } } as const;
