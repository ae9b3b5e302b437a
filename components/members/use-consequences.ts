"use client";

import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { readMemberConsequences } from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access-level";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { MemberConsequences } from "@/lib/services/members/member-view";

export type ConsequencesState = "loading" | MemberConsequences | Failure;

/**
 * Asks the server what would come of a removal, or of a change to this level, when the dialog opens.
 *
 * @param accessLevel null for a removal
 */
export function useConsequences(userId: string, accessLevel: AccessLevel | null): ConsequencesState {
  const { organization } = useParams<{ organization: string }>();
  const [state, setState] = useState<ConsequencesState>("loading");
  useEffect(() => {
    let current = true;
    readMemberConsequences(organization, { userId, accessLevel })
      .catch(() => failure("unavailable", "What this would do to keys cannot be told now. Try again."))
      .then((result) => {
        if (current) setState(result.ok ? result.value : result);
      });
    return () => {
      current = false;
    };
  }, [organization, userId, accessLevel]);
  return state;
}
