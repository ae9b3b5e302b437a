"use client";

import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useExactTime, useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import { expiryAt, type KeyExpiry } from "@/lib/core/keys/key-expiry";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { policyWords } from "../key-words";
import { chooseExpiration, customExpiration, type Expiration, expirationChoices, isPast } from "./expiration";

type ExpirationFieldProps = {
  expiration: Expiration;
  lifetime: KeyOptions["lifetime"];
  onChange: (expiration: Expiration) => void;
};

export function ExpirationField({ expiration, lifetime, onChange }: ExpirationFieldProps) {
  const { choice, expiry } = expiration;
  const now = useNow();
  const zone = useTimeZone();
  const hint =
    expiry === null && lifetime.maximumLifetimeDays === null ? (
      "Works until it is revoked or deleted."
    ) : expiry === undefined ? (
      `In your time zone, ${zone}.`
    ) : isPast(expiry, now) ? (
      `Choose a time in the future, in your time zone, ${zone}.`
    ) : (
      <ExpiresAt expiry={expiry} lifetime={lifetime} now={now} />
    );
  const custom = choice === "custom";
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        label="Expiration"
        className={custom ? undefined : "sm:col-span-2"}
        hint={custom ? "It cannot be changed later." : hint}
        {...(!custom && { name: "expiresAt" })}
      >
        <Select
          value={choice}
          onValueChange={(next) => onChange(chooseExpiration(next))}
          options={expirationChoices(lifetime).map((each) => ({ ...each, label: each.text }))}
        />
      </Field>
      {custom && (
        <Field label="Date and time" hint={hint} name="expiresAt">
          <Input
            type="datetime-local"
            autoFocus
            onChange={(event) => onChange(customExpiration(event.target.value))}
          />
        </Field>
      )}
    </div>
  );
}

type ExpiresAtProps = { expiry: KeyExpiry; lifetime: KeyOptions["lifetime"]; now: Date };

/** Days count from when the key is created, which is slightly later than when this is read. */
function ExpiresAt({ expiry, lifetime: { maximumLifetimeDays }, now }: ExpiresAtProps) {
  const key = { createdAt: now, expiresAt: expiryAt(expiry, now), maximumLifetimeDays };
  const moment = effectiveEnd(key) ?? now;
  const byPolicy = maximumLifetimeDays !== null && expirySetBy(key) === "policy";
  const exact = useExactTime(moment);
  const utc = moment.toISOString().slice(0, 16).replace("T", " ");
  return (
    <>
      Expires {expiry instanceof Date && !byPolicy ? "" : "about "}
      {exact} <span className="whitespace-nowrap">({utc} UTC)</span>
      {byPolicy && `, set by policy: ${policyWords({ maximumLifetimeDays })}`}
    </>
  );
}
