import type { ReactNode } from "react";
import { DocsFrame } from "@/components/docs/frame/docs-frame";
import { docsSections } from "@/components/docs/frame/docs-sections";
import { docsReference } from "./docs-reference";

export default function DocsLayout({ children }: { children: ReactNode }) {
  return <DocsFrame sections={docsSections(docsReference())}>{children}</DocsFrame>;
}
