/** The description of this API as OpenAPI 3.1 has it. */
export type OpenApiDocument = { readonly openapi: string; readonly [field: string]: unknown };

/** Next bundles its own copy of this module, and the reference at /docs shows what this process answers. */
const holder = globalThis as { latchkeyDocument?: () => OpenApiDocument };

/** Made when it is first asked for, and once. */
export function publishDocument(make: () => OpenApiDocument): void {
  let made: OpenApiDocument | undefined;
  holder.latchkeyDocument = () => {
    made ??= make();
    return made;
  };
}

export function publishedDocument(): OpenApiDocument {
  if (holder.latchkeyDocument === undefined) throw new Error("The API is not open");
  return holder.latchkeyDocument();
}
