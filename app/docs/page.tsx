import type { Metadata } from "next";
import { neighboursOf, quickstartPage } from "@/components/docs/frame/docs-sections";
import { QuickstartView } from "@/components/docs/quickstart/quickstart-view";
import { docsMetadata, docsReference } from "./docs-reference";

const { href, title } = quickstartPage;

export function generateMetadata(): Metadata {
  return docsMetadata(title, href, "Generate a key, verify it, and protect an API with it.");
}

export default function QuickstartPage() {
  const reference = docsReference();
  return <QuickstartView reference={reference} neighbours={neighboursOf(reference, href)} />;
}
