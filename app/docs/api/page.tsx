import type { Metadata } from "next";
import { neighboursOf, referencePage } from "@/components/docs/frame/docs-sections";
import { ReferenceView } from "@/components/docs/reference/reference-view";
import { docsMetadata, docsReference } from "../docs-reference";

const { href, title } = referencePage;

export function generateMetadata(): Metadata {
  return docsMetadata(title, href, "Every operation of the API.");
}

export default function ReferencePage() {
  const reference = docsReference();
  return <ReferenceView reference={reference} neighbours={neighboursOf(reference, href)} />;
}
