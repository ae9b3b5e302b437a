import { remember } from "@/lib/remember";

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = { readonly openapi: string; readonly [field: string]: unknown };

/** Kept per process, so that the reference at /docs describes the API that this process serves. */
const holder = remember<{ document?: () => OpenApiDocument }>("latchkeyDocument", () => ({}));

/** Sets how to make the document; this happens once, on the first read. */
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
