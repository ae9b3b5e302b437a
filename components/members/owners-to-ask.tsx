"use client";

import { useAnswer } from "@/components/forms/use-answer";
import { readOwners } from "@/lib/actions/members";

const nothing = {};

/** Names the people to ask for what only an owner may do. Asks for them when it is shown, which is rare. */
export function OwnersToAsk() {
  const [answer] = useAnswer(readOwners, nothing);
  if (answer === "loading" || !answer.ok) return null;
  const { names, total } = answer.value;
  const more = total > names.length ? ` and ${total - names.length} more` : "";
  return (
    <>
      {total === 1 ? "Owner" : "Owners"}: {names.join(", ")}
      {more}
    </>
  );
}
