"use client";

import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { TokenNote } from "@/components/shell/jump/token-note";
import { Button } from "@/components/ui/button";
import type { TokenMatch } from "@/lib/services/jump/list-matches";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { tokenNow } from "./token-now";

/**
 * A word that is not searched for, because it looks like a secret. `isAnswered` tells whether the server looked it up.
 */
export type Secret = { readonly word: string; readonly isAnswered: boolean };

type PastedTokenAnswerProps =
  | { secret: Secret; tokenPrefix: string }
  /**
   * A token that was cut off before the end of its key id. `start` is the search text in its place: part of the id, or
   * "".
   */
  | { start: string; tokenPrefix: string }
  | {
      token: TokenMatch;
      /** The token's key as loaded with the list; null if it is gone, undefined if it was not loaded. */
      row: KeyRow | null | undefined;
      onOpen: (opener: HTMLElement) => void;
    };

/** Says which key the pasted token belongs to, or that no key has it. */
export function PastedTokenAnswer(props: PastedTokenAnswerProps) {
  if ("start" in props) {
    return (
      <Note>
        That looks like part of a token.{" "}
        {props.start.includes("key_") && "The keys below have this part in their ID. "}
        Paste more of it: the 16 characters after {props.tokenPrefix}_sk_ tell which key it is of.
      </Note>
    );
  }
  if ("secret" in props) return <SecretNote {...props.secret} tokenPrefix={props.tokenPrefix} />;
  const { token, row, onOpen } = props;
  return (
    <TokenNote token={tokenNow(token, row)} className="rounded-md border">
      {row !== null && (
        <Button variant="link" size="inline" onClick={({ currentTarget }) => onOpen(currentTarget)}>
          Open its details
        </Button>
      )}
    </TokenNote>
  );
}

function SecretNote({ isAnswered, tokenPrefix }: Secret & { tokenPrefix: string }) {
  return (
    <Note>
      That looks like a secret, so it stays out of the address.{" "}
      {isAnswered
        ? `No key here has it. The end of a token does not say which key it is of: look for its start, such as ${tokenPrefix}_sk_…`
        : "It could not be looked up. Check your connection and paste it again."}
    </Note>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex items-start gap-2.5 rounded-md border bg-subtle px-4 py-3 text-sm">
      <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-muted" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
