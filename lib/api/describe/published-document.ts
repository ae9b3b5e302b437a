import { remember } from "@/lib/remember";

/** The description of this API, in OpenAPI 3.1. */
export type OpenApiDocument = { readonly openapi: string; readonly [field: string]: unknown };

/** Per process, so the reference at /docs describes the API that this process serves. */
const holder = remember<{ document?: () => OpenApiDocument }>("latchkeyDocument", () => ({}));

/** The document is made once, when it is first read. */
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
