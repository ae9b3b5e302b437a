"use client";

import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useExactTime, useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { expiryAt, type KeyExpiry } from "@/lib/core/keys/key-expiry";
import { chooseExpiration, customExpiration, type Expiration, expirationChoices } from "./expiration";

const options = expirationChoices.map(({ value, text }) => ({ value, text, label: text }));

type ExpirationFieldProps = {
  expiration: Expiration;
  onChange: (expiration: Expiration) => void;
};

export function ExpirationField({ expiration, onChange }: ExpirationFieldProps) {
  const { choice, expiry } = expiration;
  const now = useNow();
  const zone = useTimeZone();
  const hint =
    expiry === null ? (
      "Works until it is revoked or deleted."
    ) : expiry === undefined ? (
      `In your time zone, ${zone}.`
    ) : (
      <ExpiresAt expiry={expiry} now={now} />
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
        <Select value={choice} onValueChange={(next) => onChange(chooseExpiration(next))} options={options} />
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

type ExpiresAtProps = { expiry: NonNullable<KeyExpiry>; now: Date };

/** Days count from when the key is created, which is slightly later than when this is read. */
function ExpiresAt({ expiry, now }: ExpiresAtProps) {
  const moment = expiryAt(expiry, now) ?? now;
  const exact = useExactTime(moment);
  const utc = moment.toISOString().slice(0, 16).replace("T", " ");
  return (
    <>
      Expires {expiry instanceof Date ? "" : "about "}
      {exact} <span className="whitespace-nowrap">({utc} UTC)</span>
    </>
  );
}
