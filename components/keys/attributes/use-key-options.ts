"use client";

import { useParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { readKeyOptions } from "@/lib/actions/keys";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Failure, Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";

const unreachable = failure("unavailable", "The options could not be loaded. Check your connection.");

/**
 * The options this person may choose from. They load when the dialog opens, not with the page: most visitors generate
 * no key, and an organization can have hundreds of namespaces and roles.
 */
export function useKeyOptions() {
  const { organization } = useParams<{ organization: string }>();
  const [options, setOptions] = useState<KeyOptions | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);

  /** Loads the options again. The current ones stay until the response arrives. */
  const load = useCallback(async () => {
    setFailed(null);
    const result: Result<KeyOptions> = await readKeyOptions(organization).catch(
      (error: unknown) => readDoorRefusal(error) ?? unreachable,
    );
    if (result.ok) setOptions(result.value);
    else setFailed(result);
  }, [organization]);

  useEffect(() => {
    void load();
  }, [load]);
  return { options, failed, load };
}
