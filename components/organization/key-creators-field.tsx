"use client";

import { useId } from "react";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import type { KeyCreators } from "@/lib/core/access/permission";

const choices: readonly { value: KeyCreators; label: string; description: string }[] = [
  { value: "OWNER", label: "Owners", description: "Admins see every key and revoke those below OWNER." },
  {
    value: "ADMIN",
    label: "Owners and admins",
    description: "Admins create keys up to their own level, and manage those below it.",
  },
  {
    value: "MEMBER",
    label: "Everyone",
    description: "Members also create keys up to their own level, and manage only their own.",
  },
];

/** Who may create API keys. Submitted as `keyCreators` with the surrounding form. */
export function KeyCreatorsField({ saved, editable }: { saved: KeyCreators; editable: boolean }) {
  const label = useId();
  return (
    <div className="grid gap-1.5">
      <span id={label} className="font-medium text-ink text-sm">
        Who may create API keys
      </span>
      <RadioGroup
        name="keyCreators"
        aria-labelledby={label}
        options={choices}
        defaultValue={saved}
        disabled={!editable}
      />
    </div>
  );
}
