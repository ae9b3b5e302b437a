"use client";

import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { readKeyImpact } from "@/lib/actions/keys";
import type { KeyImpact } from "@/lib/services/keys/read/key-view";

/** `unknown` when the impact cannot be loaded; the dialog then asks for an extra confirmation. */
export type ImpactState = KeyImpact | "loading" | "unknown";

/** What ending or stopping this key would break right now. */
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
