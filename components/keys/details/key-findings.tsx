"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { DialogButton, type RenderDialog } from "@/components/list/dialog-host";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import type { KeyDetails, KeyFinding } from "@/lib/services/keys/read/key-view";
import { GenerateKeyDialog, KeyDialog, NarrowKeyDialog } from "../list/key-dialogs";
import { reasonAgainst } from "../reason-against";
import { whyNotReplace } from "../why-not-key";

type Finding = {
  readonly text: ReactNode;
  readonly fix: string;
  /** Why this person cannot fix it, as a sentence. */
  readonly because: string | undefined;
  readonly dialog: RenderDialog;
};

/** What is wrong with the key, each with the way to fix it. */
export function KeyFindings({ details }: { details: KeyDetails }) {
  if (details.findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="grid gap-2">
      {details.findings.map((kind) => {
        const { text, fix, because, dialog } = findings[kind](details);
        return (
          <li key={kind} className="flex items-center gap-3 rounded-lg border px-3.5 py-2">
            <TriangleAlert aria-hidden className="size-4 shrink-0 text-status-expiring-ink" />
            <span className="min-w-0 flex-1 text-[0.8125rem] text-ink">{text}</span>
            <DialogButton size="small" className="max-sm:h-11" disabledBecause={because} dialog={dialog}>
              {fix}
            </DialogButton>
          </li>
        );
      })}
    </ul>
  );
}

const byDialog = (fix: "Pause" | "Delete", apiKey: KeyDetails) => {
  const name = fix === "Pause" ? "pause" : "delete";
  const dialog: RenderDialog = (props) => <KeyDialog name={name} apiKey={apiKey} {...props} />;
  return { fix, because: reasonAgainst(name, apiKey), dialog };
};

const replace = (apiKey: KeyDetails) => {
  const why = whyNotReplace(apiKey);
  const dialog: RenderDialog = (props) => <GenerateKeyDialog from={apiKey} {...props} />;
  return { fix: "Replace", because: why && `${why}.`, dialog };
};

const narrow = (apiKey: KeyDetails) => {
  const dialog: RenderDialog = (props) => <NarrowKeyDialog apiKey={apiKey} {...props} />;
  return { fix: "Narrow", because: reasonAgainst("update", apiKey), dialog };
};

/** An expiry is set when a key is generated and never moves, so a key that needs another one is replaced. */
const findings: Record<KeyFinding, (details: KeyDetails) => Finding> = {
  "never-used": (details) => ({
    text: (
      <>
        Never used: generated <RelativeTime moment={details.createdAt} />
      </>
    ),
    ...byDialog("Delete", details),
  }),
  idle: (details) => ({
    text: <>Idle: last used {details.lastUsedAt && <RelativeTime moment={details.lastUsedAt} />}</>,
    ...byDialog(details.status === "paused" ? "Delete" : "Pause", details),
  }),
  "never-expires": (details) => ({
    text: "Never expires: a leaked copy works until somebody revokes the key",
    ...replace(details),
  }),
  "expiring-soon": (details) => {
    const end = effectiveEnd(details);
    return { text: <>Expires {end && <RelativeTime moment={end} />}</>, ...replace(details) };
  },
  unused: (details) => {
    const { permissions, permissionUse } = details;
    const demanded = new Set(permissionUse.calls.map(({ permission }) => permission));
    const used = permissions.filter((permission) => demanded.has(permission)).length;
    return {
      text: `Over-privileged: holds ${countOf(permissions.length, "permission")}, used ${grouped(used)} in 90 days`,
      ...narrow(details),
    };
  },
  boundless: (details) => ({
    text: "Over-privileged: it can do everything an owner can, forever",
    ...narrow(details),
  }),
};
