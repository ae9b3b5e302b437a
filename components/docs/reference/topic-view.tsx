import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { DocsPage } from "../frame/docs-page";
import type { Neighbours } from "../frame/docs-sections";
import { operationHref } from "../frame/docs-sections";
import type { Chapter } from "./read-reference";

/** The operations of one topic. */
export function TopicView({ chapter, neighbours }: { chapter: Chapter; neighbours: Neighbours }) {
  return (
    <DocsPage title={chapter.name} about={chapter.description} neighbours={neighbours}>
      <ul className="divide-y divide-line rounded-md border bg-surface">
        {chapter.operations.map(({ id, summary, method, path }) => (
          <li key={id}>
            <Link
              href={operationHref(chapter, id)}
              prefetch={false}
              className="grid gap-1 px-3 py-2.5 hover:bg-subtle"
            >
              <span className="font-medium text-ink text-sm">{summary}</span>
              <span className="flex min-w-0 items-center gap-2">
                <Badge className="shrink-0 font-mono">{method}</Badge>
                <code className="min-w-0 font-mono text-ink-muted text-xs [overflow-wrap:anywhere]">
                  {path}
                </code>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </DocsPage>
  );
}
