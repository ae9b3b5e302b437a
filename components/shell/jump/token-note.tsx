"use client";

import { Ban, KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { useDayText } from "@/components/ui/time/exact-time";
import type { TokenMatch } from "@/lib/services/jump/list-matches";

type TokenNoteProps = {
  token: TokenMatch;
  className?: string;
  /** Rendered beside the text, such as a button that opens the key. */
  children?: ReactNode;
};

/** Says which key a pasted token belongs to and whether it works. Announced when it appears. */
export function TokenNote({ token, className, children }: TokenNoteProps) {
  const what = token.secret === "named" ? "That key ID" : "That token";
  return (
    <div
      role="status"
      className={classNames("flex items-start gap-2.5 bg-subtle px-4 py-3 text-sm", className)}
    >
      <TokenIcon token={token} />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {what} belongs to <bdi className="font-medium">{token.name}</bdi>. <TokenState token={token} />
      </p>
      {children}
    </div>
  );
}

/** Is a call with this token accepted? */
export function works({ endedAt, status, secret }: TokenMatch): boolean {
  return (
    endedAt === null &&
    status !== "paused" &&
    status !== "deleted" &&
    secret !== "wrong" &&
    secret !== "ended"
  );
}

export function TokenIcon({ token }: { token: TokenMatch }) {
  const Icon = works(token) ? KeyRound : Ban;
  return <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-muted" />;
}

/** A sentence on what the token can do now. */
export function TokenState({ token: { status, endedAt, secret } }: { token: TokenMatch }) {
  if (status === "deleted") return "The key was deleted, so calls with it are refused.";
  if (endedAt !== null && status === "revoked") return <Ended verb="was revoked" at={endedAt} />;
  if (endedAt !== null) return <Ended verb="expired" at={endedAt} />;
  if (secret === "wrong") return "It is not one of this key's secrets.";
  if (secret === "ended") return "It is a previous secret and no longer works. The key has a newer one.";
  if (status === "paused") return "It is paused, so calls with it are refused.";
  if (secret === "previous") return "It is the previous secret, and it works until the grace ends.";
  // A cut-off token identifies its key, but not the secret.
  return secret === "current" ? "It works right now." : "The key works right now.";
}

function Ended({ verb, at }: { verb: string; at: Date }) {
  return (
    <>
      It {verb} on <time dateTime={at.toISOString()}>{useDayText(at)}</time>.
    </>
  );
}
