"use client";

import { use, useId } from "react";
import { Segments } from "@/components/ui/choice/segments";
import { Field, FieldError } from "@/components/ui/field";
import { FormContext, faultOf } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { useExactTime, useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import { expiryAt, type KeyExpiry } from "@/lib/core/keys/key-expiry";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import {
  chooseExpiration,
  customExpiration,
  type Expiration,
  expirationChoices,
  isPast,
  policyText,
} from "./expiration";

type ExpirationFieldProps = {
  expiration: Expiration;
  lifetime: KeyOptions["lifetime"];
  onChange: (expiration: Expiration) => void;
};

/** When the key ends: never, after some days, or at a date and a time. */
export function ExpirationField({ expiration, lifetime, onChange }: ExpirationFieldProps) {
  const { choice, expiry } = expiration;
  const id = useId();
  const { faults, forget } = use(FormContext);
  const isCustom = choice === "custom";
  const error = isCustom ? undefined : faultOf(faults, "expiresAt");
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-1 gap-1.5">
        <span id={id} className="font-medium text-ink text-sm">
          Expiration
        </span>
        <Segments
          aria-labelledby={id}
          aria-describedby={`${id}-hint ${id}-error`}
          className="max-sm:grid! max-sm:grid-cols-3 sm:[&>label]:grow"
          options={expirationChoices(lifetime)}
          value={choice}
          onValueChange={(next) => {
            forget?.("expiresAt");
            onChange(chooseExpiration(next));
          }}
        />
        <p id={`${id}-hint`} className="text-ink-muted text-xs">
          {policyText(lifetime)} <Lifetime {...{ expiration, lifetime }} />
        </p>
        <FieldError id={`${id}-error`} message={error} />
      </div>
      {isCustom && (
        <Field label="Expires at" hint={<CustomHint expiry={expiry} />} name="expiresAt">
          <Input
            type="datetime-local"
            autoFocus
            className="sm:max-w-60"
            onChange={(event) => onChange(customExpiration(event.target.value))}
          />
        </Field>
      )}
    </div>
  );
}

/** The hint below the choices: when the key ends, and that this is final. */
function Lifetime({ expiration: { expiry }, lifetime }: Omit<ExpirationFieldProps, "onChange">) {
  const now = useNow();
  const isSet = expiry !== undefined && (expiry !== null || lifetime.maximumLifetimeDays !== null);
  if (!isSet || isPast(expiry, now)) {
    return "It cannot be changed later. The key can be revoked at any time.";
  }
  return (
    <>
      <ExpiresAt expiry={expiry} lifetime={lifetime} now={now} />. It cannot be changed later.
    </>
  );
}

function CustomHint({ expiry }: { expiry: KeyExpiry | undefined }) {
  const now = useNow();
  const zone = useTimeZone();
  if (expiry !== undefined && isPast(expiry, now)) {
    return `Choose a time in the future, in your time zone, ${zone}.`;
  }
  return `In your time zone, ${zone}.`;
}

type ExpiresAtProps = { expiry: KeyExpiry; lifetime: KeyOptions["lifetime"]; now: Date };

/** "about", because a number of days counts from the creation, slightly later than this is rendered. */
function ExpiresAt({ expiry, lifetime: { maximumLifetimeDays }, now }: ExpiresAtProps) {
  const key = { createdAt: now, expiresAt: expiryAt(expiry, now), maximumLifetimeDays };
  const moment = effectiveEnd(key) ?? now;
  const byPolicy = maximumLifetimeDays !== null && expirySetBy(key) === "policy";
  const zone = useTimeZone();
  const exact = useExactTime(moment);
  const utc = moment.toISOString().slice(0, 16).replace("T", " ");
  return (
    <>
      Expires {expiry instanceof Date && !byPolicy ? "" : "about "}
      {exact}
      {zone !== "UTC" && <span className="whitespace-nowrap"> ({utc} UTC)</span>}
      {byPolicy && ", set by policy"}
    </>
  );
}
