"use client";

import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { grouped } from "@/components/ui/grouped";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { readKeyImpact } from "@/lib/actions/keys";
import type { KeyImpact, KeyRow } from "@/lib/services/keys/read/key-view";
import { Facts } from "../facts";

/** `unknown` when the impact cannot be loaded; the dialog then asks for an extra confirmation. */
export type ImpactState = KeyImpact | "loading" | "unknown";

/** What destroying this key would break right now. */
export function useKeyImpact(keyId: string): ImpactState {
  const { organization } = useParams<{ organization: string }>();
  const [impact, setImpact] = useState<ImpactState>("loading");
  useEffect(() => {
    let current = true;
    readKeyImpact(organization, { keyId })
      .then((result) => current && setImpact(result.ok ? result.value : "unknown"))
      .catch(() => current && setImpact("unknown"));
    return () => {
      current = false;
    };
  }, [organization, keyId]);
  return impact;
}

export function KeyImpactFacts({ impact, apiKey }: { impact: ImpactState; apiKey: KeyRow }) {
  const known = typeof impact === "string" ? null : impact;
  const show = (value: (known: KeyImpact) => React.ReactNode) => {
    if (known !== null) return value(known);
    return impact === "loading" ? <Skeleton className="my-0.5 h-4 w-24" /> : "Unknown";
  };
  return (
    <Facts
      label="Impact"
      facts={[
        ["Calls, last 24 hours", show(({ callsLast24Hours }) => grouped(callsLast24Hours))],
        ["Last used", show(({ lastUsedAt }) => used(lastUsedAt))],
        ...(known === null ? [] : lastUseFacts(known)),
        ...(apiKey.graceEndsAt !== null
          ? [
              [
                "Old secret last used",
                show(({ previousSecretUsedAt }) => used(previousSecretUsedAt)),
              ] as const,
            ]
          : []),
        ["Created by", `${apiKey.createdBy.name} (${apiKey.createdBy.email})`],
      ]}
    />
  );
}

function used(moment: Date | null) {
  return moment === null ? "Never" : <RelativeTime moment={moment} />;
}

/** Where the last call came from and which client made it, as far as we know. */
export function lastUseFacts({ lastUsedAddress, lastUsedClient }: KeyImpact): (readonly [string, string])[] {
  return [
    ...(lastUsedAddress === null ? [] : [["From", lastUsedAddress] as const]),
    ...(lastUsedClient === null ? [] : [["By", lastUsedClient] as const]),
  ];
}
