import { Ban, CircleDashed, CircleDot, type LucideIcon, RefreshCw } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { isLive, type KeyStatus } from "@/lib/core/keys/key-status";
import { statusWords } from "../key-words";

const icons: Record<KeyStatus, LucideIcon> = {
  active: CircleDot,
  rolling: RefreshCw,
  expired: CircleDashed,
  revoked: Ban,
  deleted: Ban,
};

/** Each status has its own shape; the accent color means the key works. */
export function KeyStatusIcon({ status, className }: { status: KeyStatus; className?: string }) {
  const Icon = icons[status];
  const color = isLive(status) ? "text-accent-ink" : "text-ink-faint";
  return <Icon aria-hidden className={classNames("size-3.5 shrink-0", color, className)} />;
}

type KeyStatusBadgeProps = { status: KeyStatus; title?: string | undefined };

export function KeyStatusBadge({ status, title }: KeyStatusBadgeProps) {
  return (
    <span
      title={title}
      className={classNames("flex items-center gap-1.5", isLive(status) ? "text-ink" : "text-ink-muted")}
    >
      <KeyStatusIcon status={status} />
      {statusWords[status]}
    </span>
  );
}
