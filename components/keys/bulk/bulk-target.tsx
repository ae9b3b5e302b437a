"use client";

import { useParams } from "next/navigation";
import { useRef, useState } from "react";
import { useAnswer } from "@/components/forms/use-answer";
import { Combobox } from "@/components/ui/choice/combobox";
import { Field } from "@/components/ui/field";
import { listReceivers } from "@/lib/actions/bulk-keys";
import { readKeyOptions } from "@/lib/actions/keys";
import { levelWord } from "@/lib/core/access/access-level";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { searchText } from "@/lib/core/search-text";
import type { Receivers } from "@/lib/services/keys/bulk/bulk-view";

type TargetProps = { value: string | null; onChoose: (value: string) => void };

/** The member who gets the keys. */
export function ReceiverField({ value, onChoose }: TargetProps) {
  return (
    <Field
      label="Transfer to"
      hint="Only members who may create keys can be chosen."
      required
      name="toUserId"
    >
      <Combobox
        value={value}
        onValueChange={onChoose}
        placeholder="Choose a member"
        searchLabel="Search members"
        {...useReceivers()}
      />
    </Field>
  );
}

const unreachable = failure("unavailable", "The members could not be loaded. Try again.");
const none: Receivers = { people: [], more: false };

function useReceivers() {
  const { organization } = useParams<{ organization: string }>();
  // Responses can arrive out of order.
  const latest = useRef(0);
  const [answer, setAnswer] = useState<Result<Receivers> | null>(null);
  const search = async (typed: string) => {
    latest.current += 1;
    const asked = latest.current;
    setAnswer(null);
    const result = await listReceivers(organization, { search: searchText(typed) }).catch(
      (error: unknown) => readDoorRefusal(error) ?? unreachable,
    );
    if (asked === latest.current) setAnswer(result);
  };
  const { people, more } = answer?.ok ? answer.value : none;
  return {
    options: people.map(({ id, name, email, level }) => ({
      value: id,
      text: name,
      secondary: `${email}, ${levelWord(level)}`,
    })),
    onSearch: (typed: string) => void search(typed),
    loading: answer === null,
    failure: answer === null || answer.ok ? undefined : (answer.fields?.[0]?.message ?? answer.detail),
    more: more ? "There are more members: type a name or an email." : undefined,
  };
}

const readRoles = (organization: string, _: null) => readKeyOptions(organization);

/** The role that is added or removed. */
export function RoleField({ value, onChoose }: TargetProps) {
  const [options] = useAnswer(readRoles, null);
  const roles = options !== "loading" && options.ok ? options.value.roles : [];
  return (
    <Field label="Role" required name="role">
      <Combobox
        value={value}
        onValueChange={onChoose}
        options={roles.map(({ id, title }) => ({ value: id, text: id, secondary: title }))}
        placeholder="Choose a role"
        searchLabel="Search roles"
        loading={options === "loading"}
        failure={options !== "loading" && !options.ok ? options.detail : undefined}
      />
    </Field>
  );
}
