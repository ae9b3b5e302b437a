import { Ban, CircleDashed, CircleDot, type LucideIcon, Pause, RefreshCw } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { hasEnded, type KeyStatus } from "@/lib/core/keys/key-status";
import { statusWords } from "../key-words";

/** Each status has its own shape; the color says whether the key works, is paused or has ended. */
const marks: Record<KeyStatus, readonly [LucideIcon, color: string]> = {
  active: [CircleDot, "text-accent-ink"],
  rolling: [RefreshCw, "text-accent-ink"],
  paused: [Pause, "text-paused"],
  expired: [CircleDashed, "text-ink-faint"],
  revoked: [Ban, "text-ink-faint"],
  deleted: [Ban, "text-ink-faint"],
};

export function KeyStatusIcon({ status, className }: { status: KeyStatus; className?: string }) {
  const [Icon, color] = marks[status];
  return <Icon aria-hidden className={classNames("size-3.5 shrink-0", color, className)} />;
}

type KeyStatusBadgeProps = { status: KeyStatus; title?: string | undefined };

export function KeyStatusBadge({ status, title }: KeyStatusBadgeProps) {
  return (
    <span
      title={title}
      className={classNames("flex items-center gap-1.5", hasEnded(status) ? "text-ink-muted" : "text-ink")}
    >
      <KeyStatusIcon status={status} />
      {statusWords[status]}
    </span>
  );
}
