import { Badge } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { levelWord } from "@/lib/core/access/access-level";
import { isLeakPause, type KeyStatus } from "@/lib/core/keys/key-status";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { leakPauseWords, statusWords, typeWords } from "../key-words";
import { KeyIdText } from "../list/key-id-text";
import { KeyStatusIcon } from "../list/key-status-icon";

/** The facts that identify the key, shown before the rest has loaded. */
export function KeySheetHead({ apiKey }: { apiKey: KeyRow }) {
  const { name, description, status, imported, type, accessLevel, namespace } = apiKey;
  const words = [typeWords[type], levelWord(accessLevel)];
  return (
    <div className="grid gap-1 px-6 pt-4 pb-2 max-sm:px-4">
      <div className="flex items-start justify-between gap-4">
        <h3
          dir="auto"
          className="min-w-0 font-semibold text-ink text-lg leading-6 tracking-tight [overflow-wrap:anywhere]"
        >
          {name}
        </h3>
        <span className="flex shrink-0 items-center gap-1.5">
          {imported && <Badge title="Its token is one of another system">Imported</Badge>}
          <StatusBadge status={status} />
        </span>
      </div>
      {status === "paused" && apiKey.pausedAt !== null && (
        <p className="text-[0.8125rem] text-status-paused-ink">
          {isLeakPause(apiKey.pausedAt, apiKey.pausedBy) ? (
            leakPauseWords
          ) : (
            <bdi>Paused by {apiKey.pausedBy?.name}</bdi>
          )}{" "}
          <RelativeTime moment={apiKey.pausedAt} />
        </p>
      )}
      {description !== "" && (
        <p dir="auto" className="whitespace-pre-line text-ink-muted [overflow-wrap:anywhere]">
          {description}
        </p>
      )}
      <div className="overflow-x-clip text-[0.8125rem] text-ink-muted">
        <div className="-ml-4 flex flex-wrap items-center">
          <span className="flex pr-2 pl-4 max-sm:basis-full">
            <KeyIdText keyId={apiKey.id} />
          </span>
          {words.map((word) => (
            <span key={word} className={dotted}>
              {word}
            </span>
          ))}
          <span className={`min-w-0 [overflow-wrap:anywhere] ${dotted}`}>{namespace.name}</span>
        </div>
      </div>
    </div>
  );
}

/** A separating dot. At the beginning of a line it is outside the box and cut off. */
const dotted =
  "relative pl-4 before:absolute before:left-1.5 before:text-line-strong before:content-['·'_/_'']";

/** The badge's background only repeats what its icon and word say. */
const grounds: Record<KeyStatus, string> = {
  active: "border-status-active-line bg-status-active-soft text-status-active-ink",
  rolling: "border-status-rolling-line bg-status-rolling-soft text-status-rolling-ink",
  paused: "border-status-paused-line bg-status-paused-soft text-status-paused-ink",
  expired: "border-status-expired-line bg-status-expired-soft text-status-expired-ink",
  revoked: "border-status-revoked-line bg-status-revoked-soft text-status-revoked-ink",
  deleted: "border-status-revoked-line bg-status-revoked-soft text-status-revoked-ink",
};

function StatusBadge({ status }: { status: KeyStatus }) {
  return (
    <span
      className={classNames(
        "flex items-center gap-1.5 rounded border px-2 font-medium text-xs leading-5.5",
        grounds[status],
      )}
    >
      <KeyStatusIcon status={status} />
      {statusWords[status]}
    </span>
  );
}
