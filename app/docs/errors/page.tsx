import type { Metadata } from "next";
import { errorsPage, neighboursOf } from "@/components/docs/frame/docs-sections";
import { ErrorsView } from "@/components/docs/reference/errors-view";
import { docsMetadata, docsReference } from "../docs-reference";

const { href, title } = errorsPage;

export function generateMetadata(): Metadata {
  return docsMetadata(title, href, "What each error code means, and what to do about it.");
}

export default function ErrorsPage() {
  return <ErrorsView neighbours={neighboursOf(docsReference(), href)} />;
}
