import type { PageFailure } from "@/components/shell/page-error";

/** The texts of the error state of the key pages. */
export const keysFailure: PageFailure = {
  title: "API keys",
  heading: "The keys could not be loaded",
  works: "They keep working: the API does not depend on this page.",
};
