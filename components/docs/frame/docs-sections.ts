import type { Chapter, Reference } from "../reference/read-reference";

export type DocsLink = { readonly href: string; readonly title: string };

/** A section of the navigation. Its pages are listed while one of them is open. */
export type DocsSection = DocsLink & {
  /** Whether it is a topic of the API reference, listed below it. */
  readonly isTopic: boolean;
  readonly pages: readonly DocsLink[];
};

export type Neighbours = {
  readonly previous: DocsLink | undefined;
  readonly next: DocsLink | undefined;
};

export const quickstartPage = { href: "/docs", title: "Quickstart" } as const;
export const referencePage = { href: "/docs/api", title: "API reference" } as const;
export const errorsPage = { href: "/docs/errors", title: "Errors" } as const;

export const topicHref = ({ id }: Pick<Chapter, "id">) => `/docs/api/${id}`;

export const operationHref = (topic: Pick<Chapter, "id">, operationId: string) =>
  `${topicHref(topic)}/${operationId}`;

/** All pages in reading order. */
export function docsSections({ chapters }: Reference): DocsSection[] {
  return [
    { ...quickstartPage, isTopic: false, pages: [] },
    { ...referencePage, isTopic: false, pages: [] },
    ...chapters.map((chapter) => ({
      href: topicHref(chapter),
      title: chapter.name,
      isTopic: true,
      pages: chapter.operations.map(({ id, summary }) => ({
        href: operationHref(chapter, id),
        title: summary,
      })),
    })),
    { ...errorsPage, isTopic: false, pages: [] },
  ];
}

/** The pages before and after this one. */
export function neighboursOf(reference: Reference, href: string): Neighbours {
  const pages = docsSections(reference).flatMap(({ pages, ...section }) => [section, ...pages]);
  const at = pages.findIndex((page) => page.href === href);
  return { previous: pages[at - 1], next: at === -1 ? undefined : pages[at + 1] };
}

/**
 * The page that an anchor of the former one-page reference moved to: a topic or an operation. Unknown anchors lead to
 * the quickstart.
 */
export function pageOfAnchor({ chapters }: Reference, anchor: string): string {
  for (const chapter of chapters) {
    if (chapter.id === anchor) return topicHref(chapter);
    if (chapter.operations.some(({ id }) => id === anchor)) return operationHref(chapter, anchor);
  }
  return quickstartPage.href;
}
