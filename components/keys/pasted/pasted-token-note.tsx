"use client";

import { useParams } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { SearchBoxState } from "@/components/list/use-list-state";
import { pastedToken } from "@/components/shell/jump/pasted-token";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import { listMatches } from "@/lib/actions/jump";
import { isTokenStart, searchText } from "@/lib/core/search-text";
import { secretsIn } from "@/lib/core/secret-text";
import type { Matches, TokenMatch } from "@/lib/services/jump/list-matches";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { useOpenDetails } from "../list/key-sheet";
import type { Secret } from "./pasted-token-answer";
import { tokenNow } from "./token-now";

const PastedTokenAnswer = lazyDialog(async () => (await import("./pasted-token-answer")).PastedTokenAnswer);

type PastedTokenNoteProps = {
  search: string;
  /** The key whose id is in the search, loaded with the list; null if there is none. */
  named: KeyRow | null | undefined;
  /** Whether the list shows that key. */
  isListed: boolean;
  box: Pick<SearchBoxState, "value" | "onSubmit">;
  /** How the organization's tokens begin. */
  tokenPrefix: string;
  /** Called with a word that looks like a secret but is in the name or the subject of a key. */
  onKnown: (word: string) => void;
};

const wholeId = /^\s*key_[0-9A-Za-z]{16}\s*$/;
const typingPauseMs = 150;

/**
 * A note below the search box that says which key a pasted token belongs to, regardless of status and filters. It also
 * reports a key id that the list does not show, and a secret that no key has.
 */
export function PastedTokenNote(props: PastedTokenNoteProps) {
  const { search, named, isListed, box, tokenPrefix, onKnown } = props;
  const { organization } = useParams<{ organization: string }>();
  const openDetails = useOpenDetails();
  const [pasted, setPasted] = useState<TokenMatch | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  // The search text in place of a token that was cut off too early.
  const [start, setStart] = useState<string | null>(null);
  const tell = useEffectEvent((found: Matches | null, word: string | undefined) => {
    const token = found?.token ?? null;
    pastedToken.remember(token);
    setPasted(token);
    if (word === undefined) return;
    if (token !== null) box.onSubmit(`key_${token.id}`);
    else if (found !== null && found.keys.length > 0) onKnown(word);
    else setSecret({ word, isAnswered: found !== null });
  });
  useEffect(() => {
    let latest = 0;
    return pastedToken.onPaste(async (text) => {
      PastedTokenAnswer.expect();
      setStart(isTokenStart(text) ? searchText(text) : null);
      latest += 1;
      const round = latest;
      // A token of another system, or anything else that looks like one.
      const [word] = secretsIn(searchText(text));
      if (word !== undefined) await new Promise((resolve) => setTimeout(resolve, typingPauseMs));
      const found = round === latest ? await find(organization, word ?? text) : null;
      if (round === latest) tell(found, word);
    });
  }, [organization]);
  if (secret !== null && box.value.includes(secret.word))
    return <PastedTokenAnswer secret={secret} tokenPrefix={tokenPrefix} />;
  if (start !== null && box.value === start)
    return <PastedTokenAnswer start={start} tokenPrefix={tokenPrefix} />;
  // Wait until the list's search has caught up with the paste.
  if (pasted !== null && search.includes(pasted.id)) {
    return (
      <PastedTokenAnswer
        token={pasted}
        row={named === null || named?.id === pasted.id ? named : undefined}
        onOpen={(opener) => openDetails(pasted.id, opener)}
      />
    );
  }
  if (named == null || isListed || !wholeId.test(search)) return null;
  return (
    <PastedTokenAnswer
      token={tokenNow({ ...named, endedAt: null, secret: "named" }, named)}
      row={named}
      onOpen={(opener) => openDetails(named.id, opener)}
    />
  );
}

/** Null if the server cannot be reached; the list reports that. */
async function find(organization: string, text: string): Promise<Matches | null> {
  const answer = await listMatches(organization, { text }).catch(() => null);
  return answer?.ok ? answer.value : null;
}
