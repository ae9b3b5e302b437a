import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { namespaceWords } from "../key-words";

type KeyLineProps = {
  apiKey: Pick<KeyRow, "name" | "accessLevel" | "namespace" | "lastUsedAt">;
  /** Shown at the end of the line. */
  children?: ReactNode;
};

/** One key in a list of keys affected by a change: where it belongs and when it was last used. */
export function KeyLine({ apiKey, children }: KeyLineProps) {
  const { name, accessLevel, namespace, lastUsedAt } = apiKey;
  return (
    <div className="grid gap-1 [overflow-wrap:anywhere]">
      <p className="font-medium text-ink text-sm">{name}</p>
      <p className="text-ink-muted text-xs">
        {accessLevel} · {namespaceWords[namespace.type]} {namespace.name} ·{" "}
        {lastUsedAt === null ? (
          "Never used"
        ) : (
          <>
            Last used <RelativeTime moment={lastUsedAt} />
          </>
        )}
        {children}
      </p>
    </div>
  );
}

/** The loading state of such a list. */
export function KeysLoading() {
  return (
    <div className="grid gap-2">
      <p role="status" className="sr-only">
        Loading the keys
      </p>
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-20 w-full" />
    </div>
  );
}
