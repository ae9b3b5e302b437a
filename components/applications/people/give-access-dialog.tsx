"use client";

import { useParams } from "next/navigation";
import { useRef, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { levelOptions } from "@/components/members/level-select";
import { Combobox } from "@/components/ui/choice/combobox";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { giveGrant, listGrantCandidates } from "@/lib/actions/grants";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { failure } from "@/lib/core/result";
import { searchText } from "@/lib/core/search-text";
import type { GrantCandidates } from "@/lib/services/grants/grant-view";
import { levelReach, type NamedResource } from "../resource-words";

/** Chooses a member and a level. Namespaces are not nested, so this grants access to this one alone. */
export function GiveAccessDialog({ resource, ...dialog }: DialogProps & { resource: NamedResource }) {
  const { type, id } = resource;
  const [userId, setUserId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const [accessLevel, setAccessLevel] = useState<AccessLevel>("MEMBER");
  const candidates = useCandidates(resource);
  const action = useClosingAction(giveGrant, dialog.onClose, () => `Access to “${resource.name}” was given`);
  const submit = () => {
    setMissing(userId === null);
    if (userId !== null) void action.run({ resource: { type, id }, userId, accessLevel });
  };
  return (
    <FormDialog
      {...dialog}
      title="Give access"
      description={`To “${resource.name}”${type === "application" ? ", but not to its workspaces and user groups" : ""}`}
      onSubmit={submit}
      action={action}
      submit={{ name: "Give access", variant: "primary" }}
    >
      <Field label="Member" required name="userId" error={missing ? "Choose a member" : undefined}>
        <Combobox
          value={userId}
          onValueChange={(chosen) => {
            setUserId(chosen);
            setMissing(false);
          }}
          placeholder="Choose a member"
          searchLabel="Search members"
          {...candidates}
        />
      </Field>
      <Field label="Access level" hint={levelReach(type)[accessLevel]} name="accessLevel">
        <Select value={accessLevel} options={levelOptions} onValueChange={setAccessLevel} />
      </Field>
    </FormDialog>
  );
}

const unreachable = failure("unavailable", "The members could not be loaded. Try again.");
const none: GrantCandidates = { people: [], more: false };

/** Searches the members who could be given access, for a Combobox. */
function useCandidates({ type, id }: Resource) {
  const { organization } = useParams<{ organization: string }>();
  // Responses can arrive out of order.
  const latest = useRef(0);
  const [loading, setLoading] = useState(true);
  const [found, setFound] = useState(none);
  const [fault, setFault] = useState<string | undefined>(undefined);

  const search = async (typed: string) => {
    latest.current += 1;
    const asked = latest.current;
    setLoading(true);
    const text = searchText(typed);
    const result = await listGrantCandidates(organization, { resource: { type, id }, search: text }).catch(
      (error: unknown) => readDoorRefusal(error) ?? unreachable,
    );
    if (asked !== latest.current) return;
    setLoading(false);
    setFound(result.ok ? result.value : none);
    if (!result.ok) setFault(result.fields?.[0]?.message ?? result.detail);
    else
      setFault(
        text === "" && result.value.people.length === 0 ? "Every member already has access." : undefined,
      );
  };
  return {
    options: found.people.map(({ id: value, name, email }) => ({ value, text: name, secondary: email })),
    onSearch: (typed: string) => void search(typed),
    loading,
    failure: fault,
    more: found.more ? "There are more members: type a name or an email." : undefined,
  };
}
