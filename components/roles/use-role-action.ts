"use client";

import { useParams } from "next/navigation";
import { useRef, useState } from "react";
import type { Failure, Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

const unreachable = failure(
  "unavailable",
  "The answer did not arrive. Check the connection, and the list of roles before you try again.",
);

/** Runs an action on roles for a dialog: once at a time, and with every failure as a value to show. */
export function useRoleAction<Input>(
  action: (organization: string, input: Input) => Promise<Result<null>>,
  onSuccess: () => void,
) {
  const { organization } = useParams<{ organization: string }>();
  // State comes a render late: two clicks in one frame would both see it unset.
  const running = useRef(false);
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);

  const run = async (input: Input): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setFailed(null);
    try {
      const result = await action(organization, input);
      if (result.ok) onSuccess();
      else setFailed(result);
    } catch {
      setFailed(unreachable);
    } finally {
      running.current = false;
      setPending(false);
    }
  };
  return { run, pending, failed };
}
