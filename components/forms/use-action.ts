"use client";

import { useParams } from "next/navigation";
import { useRef, useState } from "react";
import { type ToastLink, toast } from "@/components/ui/overlay/toast";
import { confirmPassword } from "@/lib/actions/session";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Failure, Result } from "@/lib/core/result";
import { RequestNames } from "./request-id";
import { unanswered, useLostAnswer } from "./use-lost-answer";

/** What a dialog needs to ask for the password again. */
export type PasswordPrompt = {
  readonly value: string;
  readonly error: string | undefined;
  readonly change: (value: string) => void;
};

/**
 * Runs a server action for a dialog: one run at a time, asking for the password first when the server wants it again,
 * and returning every failure as a value to show. After a lost response the page reloads its data; resending the same
 * input is the same request, so the server runs it once.
 */
export function useAction<Input, Value>(
  action: (organization: string, input: Input, requestId: string) => Promise<Result<Value>>,
  onSuccess: (value: Value) => void,
) {
  const { organization } = useParams<{ organization: string }>();
  // A ref, because state updates a render later: two clicks in one frame would both pass the check.
  const running = useRef(false);
  const [names] = useState(() => new RequestNames());
  const showWhatIsThere = useLostAnswer();
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [password, setPassword] = useState<{ value: string; error: string | undefined } | null>(null);

  const attempt = async (input: Input): Promise<void> => {
    if (password !== null) {
      const confirmed = await confirmPassword(password.value);
      if (!confirmed.ok) {
        const detail = confirmed.fields?.[0]?.message ?? confirmed.detail;
        setPassword({ value: "", error: detail });
        return;
      }
      setPassword(null);
    }
    const result = await action(organization, input, names.nameOf(JSON.stringify(input)));
    // "Try again later" can mean that an earlier attempt is still running, so the next one must be the same request.
    if (result.ok || result.retryAfterSeconds === undefined) names.answered();
    if (result.ok) onSuccess(result.value);
    else if (result.code === "reauthentication_required") setPassword({ value: "", error: undefined });
    else setFailed(result);
  };

  const run = async (input: Input): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setFailed(null);
    try {
      await attempt(input);
    } catch (error) {
      setFailed(readDoorRefusal(error) ?? unanswered);
      showWhatIsThere();
    } finally {
      running.current = false;
      setPending(false);
    }
  };

  const prompt: PasswordPrompt | null =
    password === null ? null : { ...password, change: (value) => setPassword({ value, error: undefined }) };
  return { run, pending, failed, prompt };
}

/**
 * `useAction` for a dialog that closes when its action has succeeded.
 *
 * @param said the text of the toast
 * @param link the link in the toast
 */
export function useClosingAction<Input, Value>(
  action: (organization: string, input: Input, requestId: string) => Promise<Result<Value>>,
  onClose: () => void,
  said: (value: Value) => string,
  link: (value: Value) => ToastLink | null = () => null,
) {
  return useAction(action, (value) => {
    toast.success(said(value), link(value));
    onClose();
  });
}
