"use client";

import { useId } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { builtInPermissions } from "@/lib/core/access/permission";
import type { RoleDraft } from "./role-draft";

type PermissionsFieldProps = {
  draft: RoleDraft;
  onChange: (change: Partial<RoleDraft>) => void;
  error: string | undefined;
};

/** A text field for the organization's own permissions, and checkboxes for the built-in ones. */
export function PermissionsField({ draft, onChange, error }: PermissionsFieldProps) {
  const id = useId();
  return (
    <>
      <Field
        label="Own permissions"
        hint="One per line, as resource:action. Your services decide what they mean."
        error={error}
      >
        <Textarea
          rows={3}
          className="font-mono"
          placeholder="intelligence:read"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.ownText}
          onChange={(event) => onChange({ ownText: event.target.value })}
        />
      </Field>
      <div className="grid gap-1.5">
        <div className="flex items-baseline justify-between gap-2">
          <span id={id} className="font-medium text-ink text-sm">
            Built-in permissions
          </span>
          <span className="text-ink-faint text-xs">{draft.builtIn.length} selected</span>
        </div>
        <fieldset
          aria-labelledby={id}
          className="max-h-44 min-w-0 overflow-y-auto rounded-md border border-line-input shadow-control sm:grid sm:grid-cols-2"
        >
          {builtInPermissions.map((permission) => (
            <ChoiceOption
              key={permission}
              type="checkbox"
              checked={draft.builtIn.includes(permission)}
              onChange={({ target }) =>
                onChange({
                  builtIn: builtInPermissions.filter((other) =>
                    other === permission ? target.checked : draft.builtIn.includes(other),
                  ),
                })
              }
              label={<span className="font-mono text-[0.8125rem]">{permission}</span>}
            />
          ))}
        </fieldset>
      </div>
    </>
  );
}
