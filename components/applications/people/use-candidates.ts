"use client";

import { useParams } from "next/navigation";
import { useRef, useState } from "react";
import { listGrantCandidates } from "@/lib/actions/grants";
import type { Resource } from "@/lib/core/access/resource";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { failure } from "@/lib/core/result";
import { searchText } from "@/lib/core/search-text";
import type { GrantCandidates } from "@/lib/services/grants/grant-view";

const unreachable = failure("unavailable", "The members cannot be listed now. Try again.");
const none: GrantCandidates = { people: [], more: false };

/** Searches the members who could be given access, for a Combobox. */
export function useCandidates({ type, id }: Resource) {
  const { organization } = useParams<{ organization: string }>();
  // Responses can arrive out of order.
  const latest = useRef(0);
  const [loading, setLoading] = useState(true);
  const [found, setFound] = useState(none);
  const [fault, setFault] = useState<string | undefined>(undefined);

  const search = async (typed: string) => {
    latest.current += 1;
    const asked = latest.current;
    setLoading(true);
    const text = searchText(typed);
    const result = await listGrantCandidates(organization, { resource: { type, id }, search: text }).catch(
      (error: unknown) => readDoorRefusal(error) ?? unreachable,
    );
    if (asked !== latest.current) return;
    setLoading(false);
    setFound(result.ok ? result.value : none);
    if (!result.ok) setFault(result.fields?.[0]?.message ?? result.detail);
    else
      setFault(
        text === "" && result.value.people.length === 0 ? "Every member has access already." : undefined,
      );
  };
  return {
    options: found.people.map(({ id: value, name, email }) => ({ value, text: name, secondary: email })),
    onSearch: (typed: string) => void search(typed),
    loading,
    failure: fault,
    more: found.more ? "There are more members: type a name or an email." : undefined,
  };
}
