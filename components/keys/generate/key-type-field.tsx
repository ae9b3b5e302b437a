"use client";

import { useId } from "react";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import type { KeyType } from "@/lib/core/access/effective-permissions";

type KeyTypeFieldProps = { type: KeyType; onChange: (type: KeyType) => void };

export function KeyTypeField({ type, onChange }: KeyTypeFieldProps) {
  const label = useId();
  return (
    <div className="grid gap-1.5">
      <span id={label} className="font-medium text-ink text-sm">
        Type
      </span>
      <RadioGroup
        aria-labelledby={label}
        className="sm:grid-cols-2"
        options={[
          { value: "secret", label: "Secret", description: "For servers. Shown once, kept as a hash." },
          { value: "public", label: "Public", description: "For browsers and apps. Read-only." },
        ]}
        value={type}
        onValueChange={onChange}
      />
    </div>
  );
}
