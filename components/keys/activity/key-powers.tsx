"use client";

import { useParams } from "next/navigation";
import { useState, useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { countOf } from "@/components/ui/count-of";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { readKeyPowers } from "@/lib/actions/keys";
import { levelWord } from "@/lib/core/access/access-level";
import type { KeyPowers as Powers } from "@/lib/core/audit/key-powers";
import type { Result } from "@/lib/core/result";
import { joined } from "./joined";

/** Shows what the key could do at the end of a chosen day. */
export function KeyPowers({ keyId }: { keyId: string }) {
  const { organization } = useParams<{ organization: string }>();
  const [day, setDay] = useState("");
  const [answer, setAnswer] = useState<{ readonly day: string; readonly powers: Result<Powers> } | null>(
    null,
  );
  const [loading, startTransition] = useTransition();
  const choose = (next: string) => {
    setDay(next);
    const end = new Date(`${next}T23:59:59.999`);
    if (Number.isNaN(end.getTime())) return;
    startTransition(async () => {
      const at = end.toISOString();
      const lost = {
        ok: false,
        code: "unavailable",
        detail: "This could not be loaded. Try again.",
      } as const;
      const powers = await readKeyPowers(organization, { keyId, at }).catch(() => lost);
      setAnswer({ day: next, powers });
    });
  };
  // Responses can arrive out of order.
  const shown = answer?.day === day ? answer.powers : null;
  return (
    <div className="grid grid-cols-1 gap-2">
      <Field label="What it could do on" hint="At the end of that day, from the audit log">
        <Input
          type="date"
          min="1970-01-01"
          max="9998-12-31"
          className="max-w-44"
          value={day}
          onChange={({ target }) => choose(target.value)}
        />
      </Field>
      <div role="status" aria-busy={loading} className="grid gap-2 text-[0.8125rem] text-ink empty:hidden">
        {shown !== null && (shown.ok ? <Answer powers={shown.value} /> : <p>{shown.detail}</p>)}
      </div>
    </div>
  );
}

function Answer({ powers }: { powers: Powers }) {
  if (powers.state === "absent") return <p>Nothing: the audit log does not have the key by then.</p>;
  if (powers.state === "unknown") return <p>Unknown: the audit entries of that time are no longer kept.</p>;
  const { state, accessLevel, roles, unknownRoles, permissions } = powers;
  const carried =
    roles.length === 0 ? "no roles" : `the role${roles.length === 1 ? "" : "s"} ${joined(roles)}`;
  const level = `Level ${levelWord(accessLevel)}, with ${carried}.`;
  if (state !== "active")
    return (
      <p>
        Nothing: it was {state}. {level}
      </p>
    );
  return (
    <>
      <p>
        {level}{" "}
        {permissions.length === 0
          ? "Together they allowed nothing."
          : `At most ${countOf(permissions.length, "permission")}; its creator’s level may have allowed less.`}
      </p>
      {unknownRoles.length > 0 && <p>The log does not say what {joined(unknownRoles)} allowed then.</p>}
      {permissions.length > 0 && (
        <ul aria-label="Permissions on that day" className="flex flex-wrap gap-1">
          {permissions.map((permission) => (
            <li key={permission}>
              <Badge className="font-mono">{permission}</Badge>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
