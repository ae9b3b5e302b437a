import { Ban, CircleDashed, CircleDot, type LucideIcon, RefreshCw } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { KeyStatus } from "@/lib/core/key-status";
import { statusWords } from "./key-words";

const icons: Record<KeyStatus, LucideIcon> = {
  active: CircleDot,
  rolling: RefreshCw,
  expired: CircleDashed,
  revoked: Ban,
  deleted: Ban,
};

/** Told apart by shape and word; the accent says that the key works. */
export function KeyStatusBadge({ status, title }: { status: KeyStatus; title?: string | undefined }) {
  const Icon = icons[status];
  const live = status === "active" || status === "rolling";
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex items-center gap-1.5 [&>svg]:size-3.5 [&>svg]:shrink-0",
        live ? "text-ink [&>svg]:text-accent-ink" : "text-ink-muted [&>svg]:text-ink-faint",
      )}
    >
      <Icon aria-hidden />
      {statusWords[status]}
    </span>
  );
}
