"use client";

import { useRef } from "react";
import { type RenderDialog, useDialogHost } from "@/components/list/dialog-host";
import { Select } from "@/components/ui/choice/select";
import { type AccessLevel, accessLevels, levelWord } from "@/lib/core/access/access-level";

export const levelOptions = [...accessLevels].reverse().map((level) => ({
  value: level,
  label: levelWord(level),
  text: levelWord(level),
}));

type LevelSelectProps = {
  person: { readonly name: string; readonly level: AccessLevel };
  /** May the viewer change it? Others can only read it. */
  editable: boolean;
  /** Why this person's level cannot be changed, as a sentence. */
  fixedBecause?: string | undefined;
  /** The dialog that confirms the chosen level. */
  dialog: (level: AccessLevel) => RenderDialog;
};

/** A person's access level in a table row. */
export function LevelSelect({ person, editable, fixedBecause, dialog }: LevelSelectProps) {
  const { openDialog } = useDialogHost();
  const cell = useRef<HTMLSpanElement>(null);
  if (!editable) return <span className="text-[0.8125rem]">{levelWord(person.level)}</span>;
  return (
    <span ref={cell} className="block">
      <Select
        aria-label={`Access level of ${person.name}`}
        value={person.level}
        options={levelOptions}
        disabledBecause={fixedBecause}
        onValueChange={(level) => openDialog(dialog(level), cell.current?.querySelector("button") ?? null)}
        className="w-28! max-md:h-11!"
      />
    </span>
  );
}
