"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { countOf } from "@/components/ui/count-of";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/overlay/dialog";
import type { KeyReceiver, KeysAfter } from "@/lib/services/members/member-view";

type KeysAfterDialogProps = {
  /** What happened, such as "Ben was removed". */
  title: string;
  person: { readonly id: string; readonly name: string };
  keys: KeysAfter;
  /** The members who could get keys, for their names. */
  receivers: readonly KeyReceiver[];
  opener: HTMLElement | null;
  onClose: () => void;
};

/** Shown after somebody lost access: what happened to their keys, who has them now, and what to do next. */
export function KeysAfterDialog({ title, person, keys, receivers, opener, onClose }: KeysAfterDialogProps) {
  const { revoked, transferred } = keys;
  const moved = transferred.reduce((sum, each) => sum + each.keys, 0);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent title={title} returnFocusTo={opener}>
        <DialogBody className="grid content-start gap-4">
          <ul aria-label="What became of the keys" className="divide-y rounded-md border text-sm">
            {transferred.map(({ toUserId, keys: count }) => {
              const name = receivers.find(({ id }) => id === toUserId)?.name ?? "another member";
              return (
                <KeysLine key={toUserId} query={`creator=${toUserId}`} link={`Keys of ${name}`}>
                  {countOf(count, "key")} {count === 1 ? "belongs" : "belong"} to {name} now
                </KeysLine>
              );
            })}
            {revoked > 0 && (
              <KeysLine query={`status=revoked&creator=${person.id}`} link={`Revoked keys of ${person.name}`}>
                {countOf(revoked, "key")} {revoked === 1 ? "was" : "were"} revoked
              </KeysLine>
            )}
          </ul>
          {moved > 0 && (
            <Alert
              tone="warning"
              heading={`${person.name} may still know the ${moved === 1 ? "secret of the key that moved" : "secrets of the keys that moved"}`}
            >
              Roll {moved === 1 ? "it" : "them"}, the most used first.
            </Alert>
          )}
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" data-autofocus onClick={onClose}>
            Done
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

type KeysLineProps = { query: string; link: string; children: ReactNode };

function KeysLine({ query, link, children }: KeysLineProps) {
  const { organization } = useParams<{ organization: string }>();
  return (
    <li className="flex items-baseline justify-between gap-3 px-3 py-2.5">
      <span className="min-w-0 text-ink [overflow-wrap:anywhere]">{children}</span>
      <Link
        href={`/${organization}/settings/api-keys?${query}`}
        aria-label={link}
        className="shrink-0 rounded text-accent-ink underline underline-offset-4"
      >
        Show
      </Link>
    </li>
  );
}
