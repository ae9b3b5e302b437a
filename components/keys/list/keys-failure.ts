import type { PageFailure } from "@/components/shell/page-error";

/** What the error state of a page of keys says. */
export const keysFailure: PageFailure = {
  title: "API keys",
  heading: "The keys could not be loaded",
  works: "They keep working: the API does not depend on this page.",
};
