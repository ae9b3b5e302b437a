"use client";

import { Fragment } from "react";
import { useAnswer } from "@/components/forms/use-answer";
import { readOwners } from "@/lib/actions/members";
import { mailAbout } from "./mail-about";

const nothing = {};

/**
 * Names the owners to ask. Loads them when it is shown, which is rare.
 *
 * @param subject the subject of a mail to them; without it, the names are not links, as in a menu
 */
export function OwnersToAsk({ subject }: { subject?: string }) {
  const [answer] = useAnswer(readOwners, nothing);
  if (answer === "loading" || !answer.ok) return null;
  const { people, total } = answer.value;
  const more = total > people.length ? ` and ${total - people.length} more` : "";
  return (
    <>
      {total === 1 ? "Owner" : "Owners"}:{" "}
      {people.map(({ name, email }, index) => (
        <Fragment key={email}>
          {index > 0 && ", "}
          {subject === undefined ? (
            name
          ) : (
            <a href={mailAbout(email, subject)} className="rounded text-accent-ink underline">
              {name}
            </a>
          )}
        </Fragment>
      ))}
      {more}
    </>
  );
}
