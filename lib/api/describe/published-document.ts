import { remember } from "@/lib/remember";

/** The description of this API as OpenAPI 3.1 has it. */
export type OpenApiDocument = { readonly openapi: string; readonly [field: string]: unknown };

/** The reference at /docs shows what this process answers. */
const holder = remember<{ document?: () => OpenApiDocument }>("latchkeyDocument", () => ({}));

/** Made when it is first asked for, and once. */
export function publishDocument(make: () => OpenApiDocument): void {
  let made: OpenApiDocument | undefined;
  holder.document = () => {
    made ??= make();
    return made;
  };
}

export function publishedDocument(): OpenApiDocument {
  if (holder.document === undefined) throw new Error("The API is not open");
  return holder.document();
}
