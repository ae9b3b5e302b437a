import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { neighboursOf, operationHref } from "@/components/docs/frame/docs-sections";
import { OperationView } from "@/components/docs/reference/operation-view";
import { docsMetadata, docsReference } from "../../../docs-reference";

type Props = { params: Promise<{ topic: string; operation: string }> };

async function readOperation({ params }: Props) {
  const { topic, operation: name } = await params;
  const chapter = docsReference().chapters.find(({ id }) => id === topic);
  const operation = chapter?.operations.find(({ id }) => id === name);
  if (chapter === undefined || operation === undefined) notFound();
  return { operation, href: operationHref(chapter, name) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { operation, href } = await readOperation(props);
  return docsMetadata(operation.summary, href, `${operation.method} ${operation.path}`);
}

export default async function OperationPage(props: Props) {
  const { operation, href } = await readOperation(props);
  const reference = docsReference();
  return (
    <OperationView
      operation={operation}
      server={reference.server}
      neighbours={neighboursOf(reference, href)}
    />
  );
}
