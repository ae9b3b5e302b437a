"use client";

import { ExactTime } from "@/components/ui/relative-time";
import type { KeyDetails } from "@/lib/services/keys/key-view";
import { Facts } from "./facts";

/** The live secrets of a key; while it is rolling, which of the two is in use. [L3] */
export function KeySecrets({ secrets }: Pick<KeyDetails, "secrets">) {
  return (
    <ul className="grid gap-3">
      {secrets.map(({ version, createdAt, lastUsedAt, endsAt }) => {
        const name = endsAt === null ? "Current secret" : "Old secret";
        return (
          <li key={version} className="grid gap-2 rounded-md border p-3">
            <p className="font-medium text-ink">{name}</p>
            <Facts
              label={name}
              facts={[
                ["Created", <ExactTime key="created" moment={createdAt} />],
                ["Last used", lastUsedAt === null ? "Never" : <ExactTime key="used" moment={lastUsedAt} />],
                ...(endsAt === null ? [] : [["Ends", <ExactTime key="ends" moment={endsAt} />] as const]),
              ]}
            />
          </li>
        );
      })}
    </ul>
  );
}
