"use client";

import { useParams } from "next/navigation";
import { useId } from "react";
import { useMatches } from "@/components/shell/jump/use-matches";
import { Input } from "@/components/ui/input";
import { roleLabel } from "@/lib/core/access/role";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { secretsIn } from "@/lib/core/secret-text";
import type { Matches } from "@/lib/services/jump/list-matches";

type SuggestedInputProps = {
  value: string;
  onChange: (value: string) => void;
  /** What is suggested for a text, each with the words that tell it from others. */
  suggest: (found: Matches) => readonly (readonly [value: string, about: string])[];
  autoFocus?: boolean;
};

/** A text field that suggests what the organization has. Any other text counts as well: the log outlives what it tells of. */
export function SuggestedInput({ value, onChange, suggest, autoFocus = false }: SuggestedInputProps) {
  const list = useId();
  const { organization } = useParams<{ organization: string }>();
  const { asked, search } = useMatches(organization);
  const found = asked?.text === value ? asked.matches : null;
  return (
    <>
      <Input
        data-autofocus={autoFocus ? "" : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        list={list}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
          if (secretsIn(target.value).length === 0) search(target.value, target.value);
        }}
      />
      <datalist id={list}>
        {found !== null &&
          suggest(found).map(([text, about]) => (
            <option key={text} value={text} label={about === "" ? undefined : about} />
          ))}
      </datalist>
    </>
  );
}

/** Who may have done something: people and keys. */
export function suggestedActors({ members, keys }: Matches) {
  return [...members.map(({ name, email }) => [email, name] as const), ...keys.map(keyOption)];
}

/** What something may have been done to. */
export function suggestedObjects({ keys, members, roles, applications }: Matches) {
  return [
    ...keys.map(keyOption),
    ...members.map(({ name, email }) => [name, email] as const),
    ...roles.map((role) => [roleLabel(role), "Role"] as const),
    ...applications.map(({ name }) => [name, "Application"] as const),
  ];
}

const keyOption = ({ id, name }: Matches["keys"][number]) => [formatKeyId(id), name] as const;
