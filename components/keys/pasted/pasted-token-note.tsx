"use client";

import { useParams } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { SearchBoxState } from "@/components/list/use-list-state";
import { pastedToken } from "@/components/shell/jump/pasted-token";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import { listMatches } from "@/lib/actions/jump";
import { searchText } from "@/lib/core/search-text";
import { secretsIn } from "@/lib/core/secret-text";
import type { Matches, TokenMatch } from "@/lib/services/jump/list-matches";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { useOpenDetails } from "../list/key-sheet";
import type { Secret } from "./pasted-token-answer";

const PastedTokenAnswer = lazyDialog(async () => (await import("./pasted-token-answer")).PastedTokenAnswer);

type PastedTokenNoteProps = {
  search: string;
  /** Of the list, as it is now. */
  rows: readonly KeyRow[];
  box: Pick<SearchBoxState, "value" | "onSubmit">;
  /** Called with a word that looked like a secret, and is in the name or the subject of a key. */
  onKnown: (word: string) => void;
};

const wholeId = /^\s*key_([0-9A-Za-z]{16})\s*$/;
const typingPauseMs = 150;

/**
 * Below the search box: whose the pasted token is, whatever the key's status and whatever the list is filtered by. A key
 * id that the list does not show is told likewise, and so is a secret that no key has.
 */
export function PastedTokenNote({ search, rows, box, onKnown }: PastedTokenNoteProps) {
  const { organization } = useParams<{ organization: string }>();
  const openDetails = useOpenDetails();
  // Apart, because the list's search lags behind the paste: what the old search names must not replace the new answer.
  const [pasted, setPasted] = useState<TokenMatch | null>(null);
  const [named, setNamed] = useState<TokenMatch | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
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
      latest += 1;
      const round = latest;
      // A token of another system, or anything else that looks like one.
      const [word] = secretsIn(searchText(text));
      if (word !== undefined) await new Promise((resolve) => setTimeout(resolve, typingPauseMs));
      const found = round === latest ? await find(organization, word ?? text) : null;
      if (round === latest) tell(found, word);
    });
  }, [organization]);
  const unlisted =
    rows.length === 0 && wholeId.test(search) && !search.includes(pasted?.id ?? " ") ? search : null;
  useEffect(() => {
    let current = true;
    if (unlisted !== null)
      void find(organization, unlisted).then((found) => current && setNamed(found?.token ?? null));
    return () => {
      current = false;
    };
  }, [organization, unlisted]);
  const token = [pasted, named].find((one) => one !== null && search.includes(one.id));
  if (secret !== null && box.value.includes(secret.word)) return <PastedTokenAnswer secret={secret} />;
  if (token == null) return null;
  return (
    <PastedTokenAnswer
      token={token}
      row={rows.find(({ id }) => id === token.id)}
      onOpen={(opener) => openDetails(token.id, opener)}
    />
  );
}

/** A search that cannot be reached says nothing here: the list says it. */
async function find(organization: string, text: string): Promise<Matches | null> {
  const answer = await listMatches(organization, { text }).catch(() => null);
  return answer?.ok ? answer.value : null;
}
