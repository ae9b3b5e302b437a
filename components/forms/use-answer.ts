"use client";

import { useParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** The server's result, which may be a refusal; `loading` until it arrives. */
export type Answer<Value> = "loading" | Result<Value>;

const unreachable = failure("unavailable", "What this would affect could not be loaded. Try again.");

/**
 * Loads what a dialog shows before its action runs: when it opens, and whenever the input changes.
 *
 * @param input plain values; a change in them triggers a new request
 * @returns the result, and a function that reloads it
 */
export function useAnswer<Input, Value>(
  ask: (organization: string, input: Input) => Promise<Result<Value>>,
  input: Input,
): readonly [Answer<Value>, () => void] {
  const { organization } = useParams<{ organization: string }>();
  const question = JSON.stringify(input);
  const [round, setRound] = useState(0);
  const [told, setTold] = useState<{ to: string; result: Result<Value> } | null>(null);
  const key = `${round} ${question}`;
  useEffect(() => {
    let current = true;
    ask(organization, JSON.parse(question) as Input)
      .catch((error: unknown) => readDoorRefusal(error) ?? unreachable)
      .then((result) => current && setTold({ to: key, result }));
    return () => {
      current = false;
    };
  }, [ask, organization, question, key]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return [told?.to === key ? told.result : "loading", again];
}
