import { PageHeading } from "@/components/shell/page-heading";
import { DocsProvider } from "./docs-context";
import { OperationSection } from "./operation-section";
import { Prose } from "./prose";
import type { Chapter, Reference } from "./read-reference";

/** The whole reference on one page, so that the browser's search finds everything. */
export function ReferenceView({ reference }: { reference: Reference }) {
  const { title, description, server, chapters } = reference;
  return (
    <DocsProvider>
      <div className="mx-auto flex max-w-7xl">
        <Contents chapters={chapters} />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-8 outline-none md:px-8">
          <PageHeading title={title} />
          <div className="mt-4 grid max-w-3xl gap-3">
            <p className="text-ink-muted text-sm">
              Address: <code className="font-mono text-ink">{server}</code>
            </p>
            <Prose text={description} />
          </div>
          {chapters.map((chapter) => (
            <section key={chapter.id} aria-labelledby={chapter.id} className="mt-12">
              <h2 id={chapter.id} className="scroll-mt-16 font-semibold text-ink text-lg tracking-tight">
                {chapter.name}
              </h2>
              <p className="mt-1 mb-6 text-ink-muted text-sm">{chapter.description}</p>
              {chapter.operations.map((operation) => (
                <OperationSection key={operation.id} operation={operation} server={server} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </DocsProvider>
  );
}

function Contents({ chapters }: { chapters: readonly Chapter[] }) {
  return (
    <nav
      aria-label="Contents"
      className="sticky top-12 hidden max-h-[calc(100dvh-3rem)] w-60 shrink-0 overflow-y-auto py-8 pl-6 md:block"
    >
      {chapters.map((chapter) => (
        <div key={chapter.id} className="mb-4">
          <a href={`#${chapter.id}`} className="block rounded-md px-2 py-1 font-medium text-ink text-sm">
            {chapter.name}
          </a>
          <ul>
            {chapter.operations.map(({ id, summary }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="block rounded-md px-2 py-1 text-ink-muted text-sm hover:bg-subtle hover:text-ink"
                >
                  {summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
