import { keyListDefaults, pageSizes } from "@/lib/core/keys/key-list-settings";

export type FormFactor = "mobile" | "desktop";

/** A page for Lighthouse to measure, with the scores that it should reach. */
export type MeasuredPage = {
  readonly name: string;
  /** Whether it is measured without a session. */
  readonly isPublic: boolean;
  readonly path: (organization: string) => string;
  readonly performance: Readonly<Record<FormFactor, number>>;
  /** The most JavaScript, compressed, in KB. */
  readonly javaScriptKb?: number;
};

const performance = { mobile: 90, desktop: 98 };
const mostRows = Math.max(...pageSizes);

export const measuredPages: readonly MeasuredPage[] = [
  { name: "Sign in", isPublic: true, path: () => "/sign-in", performance },
  {
    name: `API keys, ${mostRows} rows`,
    isPublic: false,
    path: (organization) =>
      `/${organization}/settings/api-keys?status=all&pageSize=${mostRows}&page=${keyListDefaults.page}`,
    performance,
    javaScriptKb: 180,
  },
  { name: "Overview", isPublic: false, path: (organization) => `/${organization}`, performance },
  { name: "Documentation", isPublic: true, path: () => "/docs", performance },
  { name: "An operation", isPublic: true, path: () => "/docs/api/keys/createKey", performance },
];

/** The score required for accessibility and best practices. */
export const perfect = 100;
