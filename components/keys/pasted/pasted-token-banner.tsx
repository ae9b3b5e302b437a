"use client";

import { useSyncExternalStore } from "react";
import { pastedToken } from "@/components/shell/jump/pasted-token";
import { TokenIcon, TokenState, works } from "@/components/shell/jump/token-note";
import { classNames } from "@/components/ui/class-names";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { tokenNow } from "./token-now";

/** The pasted token that led the person to this key; null if they came another way. */
export function usePastedToken(keyId: string) {
  const token = useSyncExternalStore(pastedToken.subscribe, pastedToken.read, () => null);
  return token !== null && token.id === keyId && token.secret !== "named" ? token : null;
}

const secretWords = {
  current: "The current secret. ",
  previous: "",
  ended: "",
  wrong: "",
  cut: "",
  named: "",
} as const;

/** Confirms that this key belongs to the pasted token: the first question in an incident. */
export function PastedTokenBanner({ apiKey }: { apiKey: KeyRow }) {
  const pasted = usePastedToken(apiKey.id);
  if (pasted === null) return null;
  const token = tokenNow(pasted, apiKey);
  return (
    <div
      role="status"
      className={classNames(
        "mx-6 mt-4 flex gap-2.5 rounded-md border px-3 py-2.5 text-sm max-sm:mx-4",
        works(token) ? "border-status-expiring-line bg-status-expiring-soft" : "bg-subtle",
      )}
    >
      <TokenIcon token={token} />
      <div className="grid min-w-0">
        <p className="font-medium">This is the key of the token you pasted</p>
        <p>
          {token.endedAt === null && token.status !== "paused" && secretWords[token.secret]}
          <TokenState token={token} />
        </p>
      </div>
    </div>
  );
}
