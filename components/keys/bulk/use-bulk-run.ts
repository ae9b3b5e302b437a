"use client";

import { useParams, useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { RequestNames } from "@/components/forms/request-id";
import type { PasswordPrompt } from "@/components/forms/use-action";
import { unanswered, useLostAnswer } from "@/components/forms/use-lost-answer";
import { changeKeys, listBulkKeys } from "@/lib/actions/bulk-keys";
import { confirmPassword } from "@/lib/actions/session";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { bulkStepSize } from "@/lib/core/keys/bulk/bulk-change";
import { type Failure, failure } from "@/lib/core/result";
import type { BulkChange } from "@/lib/schemas/bulk/bulk-keys";
import type { KeyChangesPreview } from "@/lib/services/keys/bulk/bulk-view";
import type { RunResult } from "./bulk-words";

type Keys = KeyChangesPreview["keys"];

/** `asked` before anything is sent; `stopped` with keys left, by the person or by a refusal. */
export type RunState = "asked" | "running" | "stopped" | "done";

const lostAccess = failure("forbidden", "You no longer have access to these keys.");

const nothing: RunResult = { total: 0, seen: 0, changed: 0, alsoChanged: 0, skipped: [] };

/**
 * Runs a bulk change in steps, one after the other; it can be stopped between steps. If a response is lost, the same
 * step is sent again under the same request id, so nothing is done twice.
 *
 * @param own whether the keys were selected in the person's own list
 */
export function useBulkRun(change: BulkChange | null, own: boolean) {
  const { organization } = useParams<{ organization: string }>();
  const router = useRouter();
  const [names] = useState(() => new RequestNames());
  const [state, setState] = useState<RunState>("asked");
  const [result, setResult] = useState(nothing);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [password, setPassword] = useState<{ value: string; error: string | undefined } | null>(null);
  const left = useRef<Keys>([]);
  const asked = useRef(new Set<string>());
  const running = useRef(false);
  const isStopAsked = useRef(false);
  const hasAccess = useRef(true);
  const refreshWhenReachable = useLostAnswer();
  useWarnBeforeLeaving(state === "running");

  /** Sends the next step. @returns whether to go on */
  const step = async (what: BulkChange): Promise<boolean> => {
    const keys = left.current.slice(0, bulkStepSize);
    const input = { change: what, keys: [...keys] };
    const answer = await changeKeys(organization, input, names.nameOf(JSON.stringify(input)));
    if (answer.ok || answer.retryAfterSeconds === undefined) names.answered();
    if (!answer.ok && answer.code === "reauthentication_required") {
      setPassword({ value: "", error: undefined });
      return false;
    }
    if (!answer.ok) {
      // Either the keys are gone or the person has lost access. Reading the list tells which.
      const isLost =
        answer.code === "not_found" &&
        !(await listBulkKeys(organization, { own, ids: keys.map(({ id }) => id) })).ok;
      if (isLost || answer.code !== "not_found") {
        hasAccess.current = !isLost;
        setFailed(isLost ? lostAccess : answer);
        return false;
      }
    }
    const gone = keys.map(({ id }) => ({ id, name: "", reason: "gone" as const }));
    const { changed, skipped } = answer.ok ? answer.value : { changed: [], skipped: gone };
    const dealtWith = new Set([...changed, ...skipped.map(({ id }) => id)]);
    const theirs = changed.filter((id) => asked.current.has(id)).length;
    const before = left.current.length;
    left.current = left.current.filter(({ id }) => !dealtWith.has(id));
    setResult((sum) => ({
      ...sum,
      seen: sum.seen + before - left.current.length,
      changed: sum.changed + theirs,
      alsoChanged: sum.alsoChanged + changed.length - theirs,
      skipped: [...sum.skipped, ...skipped],
    }));
    return true;
  };

  const goOn = async (): Promise<void> => {
    if (change === null || running.current) return;
    running.current = true;
    isStopAsked.current = false;
    setFailed(null);
    try {
      if (password !== null) {
        const confirmed = await confirmPassword(password.value);
        if (!confirmed.ok) {
          setPassword({ value: "", error: confirmed.fields?.[0]?.message ?? confirmed.detail });
          return;
        }
        setPassword(null);
      }
      setState("running");
      while (left.current.length > 0 && !isStopAsked.current && (await step(change))) {}
      setState(left.current.length === 0 ? "done" : "stopped");
      // Without access a refresh would replace the page, and the dialog with the result would be lost.
      if (hasAccess.current) router.refresh();
    } catch (error) {
      const refused = readDoorRefusal(error);
      setFailed(refused ?? unanswered);
      setState("stopped");
      // Refresh in the background, so that "Continue" does not wait until the server can be reached.
      if (refused === null) refreshWhenReachable();
    } finally {
      running.current = false;
    }
  };

  const prompt: PasswordPrompt | null =
    password === null ? null : { ...password, change: (value) => setPassword({ value, error: undefined }) };
  return {
    state,
    result,
    failed,
    prompt,
    start: (keys: Keys) => {
      if (result.total === 0) {
        left.current = keys;
        asked.current = new Set(keys.map(({ id }) => id));
        setResult({ ...nothing, total: keys.length });
      }
      void goOn();
    },
    goOn: () => void goOn(),
    stop: () => {
      isStopAsked.current = true;
    },
  };
}

/** Leaving would end the run halfway: steps that are done stay done. */
function useWarnBeforeLeaving(isRunning: boolean): void {
  useEffect(() => {
    if (!isRunning) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isRunning]);
}
