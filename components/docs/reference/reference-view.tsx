import Link from "next/link";
import { DocsPage } from "../frame/docs-page";
import type { Neighbours } from "../frame/docs-sections";
import { referencePage, topicHref } from "../frame/docs-sections";
import { conventions } from "./conventions";
import { Prose } from "./prose";
import type { Reference } from "./read-reference";

/** The first page of the reference: what all operations have in common, and the topics. */
export function ReferenceView({ reference, neighbours }: { reference: Reference; neighbours: Neighbours }) {
  const { description, server, chapters } = reference;
  const paragraphs = description.split(/\n\n+/);
  return (
    <DocsPage
      title={referencePage.title}
      about="Every operation, with its fields, responses and errors, and a form to try it."
      neighbours={neighbours}
    >
      <p className="text-ink-muted text-sm">
        Base URL: <code className="font-mono text-ink [overflow-wrap:anywhere]">{server}</code>
      </p>
      <h2 className="mt-8 font-semibold text-base text-ink">Topics</h2>
      <ul className="mt-3 grid gap-2 sm:grid-cols-2">
        {chapters.map((chapter) => (
          <li key={chapter.id} className="grid">
            <Link
              href={topicHref(chapter)}
              prefetch={false}
              className="grid content-start gap-0.5 rounded-md border bg-surface px-3 py-2 hover:bg-subtle"
            >
              <span className="font-medium text-ink text-sm">{chapter.name}</span>
              <span className="text-ink-muted text-xs">{chapter.description}</span>
            </Link>
          </li>
        ))}
      </ul>
      {conventions.map(({ id, title }, index) => (
        <section key={id} aria-labelledby={id} className="mt-8 grid gap-2">
          <h2 id={id} className="scroll-mt-28 font-semibold text-base text-ink md:scroll-mt-16">
            {title}
          </h2>
          <Prose text={paragraphs[index] ?? ""} />
        </section>
      ))}
    </DocsPage>
  );
}
