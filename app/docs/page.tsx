import type { Metadata } from "next";
import type { Document } from "@/components/docs/openapi";
import { readReference } from "@/components/docs/read-reference";
import { ReferenceView } from "@/components/docs/reference-view";
import { publishedDocument } from "@/lib/api/describe/published-document";

export const metadata: Metadata = { title: "API documentation" };

export default function DocsPage() {
  return <ReferenceView reference={readReference(publishedDocument() as unknown as Document)} />;
}
