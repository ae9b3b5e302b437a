"use client";

import { useRef } from "react";
import { Select } from "@/components/ui/choice/select";
import { type AccessLevel, accessLevels } from "@/lib/core/access/access-level";

export const levelOptions = [...accessLevels].reverse().map((level) => ({
  value: level,
  label: level,
  text: level,
}));

type LevelSelectProps = {
  /** The person's name. */
  name: string;
  level: AccessLevel;
  /** Why the level cannot be changed. */
  fixedBecause?: string | undefined;
  /** Opens a confirmation. `opener` gets the focus back. */
  onChoose: (level: AccessLevel, opener: HTMLElement | null) => void;
};

/** Selects a person's access level in a table row. */
export function LevelSelect({ name, level, fixedBecause, onChoose }: LevelSelectProps) {
  const cell = useRef<HTMLSpanElement>(null);
  return (
    <span ref={cell} className="block" title={fixedBecause}>
      <Select
        aria-label={`Access level of ${name}`}
        value={level}
        options={levelOptions}
        disabled={fixedBecause !== undefined}
        onValueChange={(chosen) => onChoose(chosen, cell.current?.querySelector("button") ?? null)}
        className="w-35! sm:w-28!"
      />
    </span>
  );
}
