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

type Fix = {
  readonly name: string;
  /** Why this person cannot do it, as a sentence. */
  readonly because: string | undefined;
  readonly dialog: RenderDialog;
};

type Finding = { readonly text: ReactNode; readonly fix: Fix | null };

/** The key's findings, each with a button that fixes it. */
export function KeyFindings({ details }: { details: KeyDetails }) {
  if (details.findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="grid gap-2">
      {details.findings.map((kind) => {
        const { text, fix } = findings[kind](details);
        return (
          <li key={kind} className="flex items-center gap-3 rounded-lg border px-3.5 py-2">
            <TriangleAlert aria-hidden className="size-4 shrink-0 text-status-expiring-ink" />
            <span className="min-w-0 flex-1 text-[0.8125rem] text-ink">{text}</span>
            {fix !== null && (
              <DialogButton
                size="small"
                className="max-sm:h-11"
                disabledBecause={fix.because}
                dialog={fix.dialog}
              >
                {fix.name}
              </DialogButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const byDialog = (name: "pause" | "delete", apiKey: KeyDetails): Fix => ({
  name: name === "pause" ? "Pause" : "Delete",
  because: reasonAgainst(name, apiKey),
  dialog: (props) => <KeyDialog name={name} apiKey={apiKey} {...props} />,
});

const replace = (apiKey: KeyDetails): Fix => {
  const why = whyNotReplace(apiKey);
  return {
    name: "Replace",
    because: why && `${why}.`,
    dialog: (props) => <GenerateKeyDialog from={apiKey} {...props} />,
  };
};

const narrow = (apiKey: KeyDetails): Fix => ({
  name: "Narrow",
  because: reasonAgainst("update", apiKey),
  dialog: (props) => <NarrowKeyDialog apiKey={apiKey} {...props} />,
});

/**
 * The way to stop a key that nobody seems to need. The Default API Key identifies the organization in apps that nobody
 * can update, so nobody is told to delete it.
 */
function stop(details: KeyDetails, how: "pause" | "delete"): Fix | null {
  if (!details.isDefault) return byDialog(details.status === "paused" ? "delete" : how, details);
  return details.status === "paused" ? null : byDialog("pause", details);
}

/** The text and fix of each finding. A key's expiry cannot be changed, so its fix is to replace the key. */
const findings: Record<KeyFinding, (details: KeyDetails) => Finding> = {
  "never-used": (details) => ({
    text: (
      <>
        Never used: generated <RelativeTime moment={details.createdAt} />
      </>
    ),
    fix: stop(details, "delete"),
  }),
  idle: (details) => ({
    text: <>Idle: last used {details.lastUsedAt && <RelativeTime moment={details.lastUsedAt} />}</>,
    fix: stop(details, "pause"),
  }),
  "never-expires": (details) => ({
    text:
      details.type === "public"
        ? "Never expires: it works for anyone who sees it until somebody revokes it"
        : "Never expires: a leaked copy works until somebody revokes the key",
    fix: replace(details),
  }),
  "expiring-soon": (details) => {
    const end = effectiveEnd(details);
    return { text: <>Expires {end && <RelativeTime moment={end} />}</>, fix: replace(details) };
  },
  unused: (details) => {
    const { permissions, permissionUse } = details;
    const demanded = new Set(permissionUse.calls.map(({ permission }) => permission));
    const used = permissions.filter((permission) => demanded.has(permission)).length;
    return {
      text: `Over-privileged: holds ${countOf(permissions.length, "permission")}, used ${grouped(used)} in 90 days`,
      fix: narrow(details),
    };
  },
  boundless: (details) => ({
    text: "Over-privileged: it can do everything an owner can, forever",
    fix: narrow(details),
  }),
};
