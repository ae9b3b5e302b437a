import type { ErrorCode } from "@/lib/core/error";
import { errorStatus, errorTitles } from "@/lib/core/error";
import { errorsPage, operationHref, quickstartPage, referencePage, topicHref } from "../frame/docs-sections";
import { quickstartSteps } from "../quickstart/quickstart-steps";
import { conventions } from "../reference/conventions";
import type { FieldFact } from "../reference/read-fields";
import type { OperationFacts, Reference } from "../reference/read-reference";
import type { SearchEntry } from "./search-entry";

/** Everything that can be found, in reading order. */
export function searchEntries(reference: Reference): SearchEntry[] {
  const codes = Object.keys(errorStatus) as ErrorCode[];
  return [
    { ...quickstartPage, place: "Guide", fields: [] },
    ...quickstartSteps.map(({ id, title }) => ({
      ...{ href: `${quickstartPage.href}#${id}`, title, place: quickstartPage.title, fields: [] },
    })),
    { ...referencePage, place: "Guide", fields: [] },
    ...conventions.map(({ id, title }) => ({
      ...{ href: `${referencePage.href}#${id}`, title, place: referencePage.title, fields: [] },
    })),
    ...reference.chapters.flatMap((chapter) => [
      { href: topicHref(chapter), title: chapter.name, place: "Topic", fields: [] },
      ...chapter.operations.map((operation) => ({
        href: operationHref(chapter, operation.id),
        title: operation.summary,
        place: `${operation.method} ${operation.path}`,
        fields: fieldsOf(operation),
      })),
    ]),
    { ...errorsPage, place: "Guide", fields: [] },
    ...codes.map((code) => ({
      href: `${errorsPage.href}#${code}`,
      title: code,
      place: `${errorStatus[code]}: ${errorTitles[code]}`,
      fields: [],
    })),
  ];
}

function fieldsOf({ parameters, body, answers }: OperationFacts): string[] {
  const ids = (kind: string, fields: readonly FieldFact[]) => fields.map(({ name }) => `${kind}-${name}`);
  return [
    ...parameters.map(({ in: place, name }) => `${place}-${name}`),
    ...ids("body", body?.fields ?? []),
    ...answers.flatMap(({ fields }) => ids("response", fields)),
  ];
}
