/** The form of an organization's own token prefix: `acme` makes tokens like `acme_sk_...`. */
export const tokenPrefixPattern = /^[a-z][a-z0-9]{1,15}$/;

/**
 * Prefixes that no organization may choose: Latchkey's own, and those that people and scanners associate with other
 * vendors' tokens or other kinds of values. (From the published patterns of GitHub, GitLab, Stripe, Slack, npm, PyPI,
 * DigitalOcean, Shopify, Hugging Face, Groq, Replicate, Databricks, Vault, Grafana, PostHog, Sentry and others.)
 */
const reserved = new Set(
  (
    "lk latchkey bearer basic sk pk rt rk ak pat whsec jwt " +
    "gh gha ghp gho ghu ghs ghr github gl glpat gitlab sl slack xapp xoxa xoxb xoxe xoxo xoxp xoxr xoxs " +
    "stripe npm pypi dop doo dor shpat shpca shppa shpss shptka hf gsk r8 dapi hvs hvb hvr glsa phc phx " +
    "sntrys sntryu lin pul figd sbp tfp rubygems akia asia aws aiza ya29 google openai anthropic nvapi re sq0atp sq0csp"
  ).split(" "),
);

/** Is this prefix associated with Latchkey's or another vendor's tokens? */
export function isReservedTokenPrefix(prefix: string): boolean {
  return reserved.has(prefix);
}
