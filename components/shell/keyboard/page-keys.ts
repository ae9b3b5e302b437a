import type { PageName } from "../navigation/organization-pages";

/** The second key after `g`, and the page it opens. */
export const pageKeys = {
  o: "Overview",
  k: "API keys",
  m: "Members",
  p: "Applications",
  r: "Roles",
  w: "Webhooks",
  a: "Audit log",
  s: "General",
} as const satisfies Record<string, PageName>;

export type PageKey = keyof typeof pageKeys;

export function isPageKey(key: string): key is PageKey {
  return key in pageKeys;
}
