"use client";

import { useEffect, useRef, useState } from "react";
import { listMatches } from "@/lib/actions/jump";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Matches } from "@/lib/services/jump/list-matches";

const typingPauseMs = 150;

type Asked = { readonly text: string; readonly matches: Matches | null; readonly failure: string | null };

const unreachable = "Search cannot be reached. The pages and actions below still work.";

/**
 * Searches on the server when typing pauses. The text can be a whole token, so it is sent in a body and not kept.
 * Outdated responses are dropped.
 */
export function useMatches(slug: string | undefined) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [pending, setPending] = useState(false);
  const latest = useRef(0);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);

  /** @param shown the text as the box shows it, without secrets */
  const search = (text: string, shown: string) => {
    clearTimeout(pause.current);
    latest.current += 1;
    const round = latest.current;
    if (slug === undefined || text.trim() === "") {
      setAsked(null);
      return setPending(false);
    }
    setPending(true);
    pause.current = setTimeout(async () => {
      const answer = await listMatches(slug, { text }).catch(readDoorRefusal);
      if (round !== latest.current) return;
      setPending(false);
      setAsked({
        text: shown,
        matches: answer?.ok ? answer.value : null,
        failure: answer?.ok ? null : (answer?.detail ?? unreachable),
      });
    }, typingPauseMs);
  };
  return { asked, pending, search };
}
