import type { KeyLimits } from "@/lib/services/keys/key-limits";
import { Facts } from "../facts";
import { rateWords } from "../key-words";

export function KeyLimitsFacts({ limits }: { limits: KeyLimits }) {
  const { allowedAddresses, rateLimit } = limits;
  const addresses =
    allowedAddresses.length === 0 ? (
      "Everywhere"
    ) : (
      <ul className="grid gap-1 font-mono text-[0.8125rem]">
        {allowedAddresses.map((range) => (
          <li key={range}>{range}</li>
        ))}
      </ul>
    );
  return (
    <Facts
      label="Limits"
      facts={[
        ["Allowed from", addresses],
        ["Rate limit", rateLimit === null ? "None" : rateWords(rateLimit)],
      ]}
    />
  );
}
