import { Ban, Circle, CircleDashed, type LucideIcon, Pause, RefreshCw } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { KeyStatus } from "@/lib/core/keys/key-status";

/** Each status has its own shape; the color only repeats what the shape and the word say. */
const marks: Record<KeyStatus, readonly [LucideIcon, color: string]> = {
  active: [Circle, "fill-current p-[3px] text-status-active-ink"],
  rolling: [RefreshCw, "text-status-rolling-ink"],
  paused: [Pause, "fill-current p-px text-status-paused-ink"],
  expired: [CircleDashed, "text-status-expired-ink"],
  revoked: [Ban, "text-status-revoked-ink"],
  deleted: [Ban, "text-status-revoked-ink"],
};

export function KeyStatusIcon({ status, className }: { status: KeyStatus; className?: string }) {
  const [Icon, color] = marks[status];
  return <Icon aria-hidden className={classNames("size-3.5 shrink-0", color, className)} />;
}
