/** The form of an organization's own token prefix: `acme` makes tokens like `acme_sk_...`. */
export const tokenPrefixPattern = /^[a-z][a-z0-9]{1,15}$/;

/**
 * Prefixes that no organization may take: this product's own, and those that people and scanners take for another
 * vendor's token or for another kind of value. (The published patterns of GitHub, GitLab, Stripe, Slack, npm, PyPI,
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

/** Is this prefix one that tokens of other vendors, or of this product, are known by? */
export function isReservedTokenPrefix(prefix: string): boolean {
  return reserved.has(prefix);
}
