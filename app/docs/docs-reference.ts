import type { Metadata } from "next";
import type { Document } from "@/components/docs/reference/openapi";
import type { Reference } from "@/components/docs/reference/read-reference";
import { readReference } from "@/components/docs/reference/read-reference";
import { publishedDocument } from "@/lib/api/describe/published-document";

let read: { readonly from: object; readonly reference: Reference } | undefined;

/** The reference of the API that this process serves, read only once since it never changes. */
export function docsReference(): Reference {
  const document = publishedDocument();
  if (read?.from !== document) {
    read = { from: document, reference: readReference(document as unknown as Document) };
  }
  return read.reference;
}

export function docsMetadata(title: string, href: string, description?: string): Metadata {
  const canonical = `${docsReference().server}${href}`;
  return { title, alternates: { canonical }, ...(description === undefined ? {} : { description }) };
}
