"use client";

import { useState } from "react";
import { fieldFault } from "@/components/forms/failure-alert";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { levelOptions } from "@/components/members/level-select";
import { Combobox } from "@/components/ui/choice/combobox";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/overlay/toast";
import { giveGrant } from "@/lib/actions/grants";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelReach } from "../resource-words";
import type { NamedResource } from "../resources-context";
import { useCandidates } from "./use-candidates";

type GiveAccessDialogProps = {
  resource: NamedResource;
  opener: HTMLElement | null;
  onClose: () => void;
};

/** Chooses a member and a level. Namespaces are not nested, so this grants access to this one alone. */
export function GiveAccessDialog({ resource, opener, onClose }: GiveAccessDialogProps) {
  const { type, id } = resource;
  const [userId, setUserId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const [accessLevel, setAccessLevel] = useState<AccessLevel>("MEMBER");
  const candidates = useCandidates(resource);
  const action = useAction(giveGrant, () => {
    toast.success(`Access to “${resource.name}” was given`);
    onClose();
  });
  const submit = () => {
    setMissing(userId === null);
    if (userId !== null) void action.run({ resource: { type, id }, userId, accessLevel });
  };
  return (
    <FormDialog
      title="Give access"
      description={`To “${resource.name}”${type === "application" ? ", but not to its workspaces and user groups" : ""}`}
      opener={opener}
      onClose={onClose}
      onSubmit={submit}
      action={action}
      submit={{ name: "Give access", variant: "primary" }}
    >
      <Field
        label="Member"
        required
        error={missing ? "Choose a member" : fieldFault(action.failed, "userId")}
      >
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
      <Field
        label="Access level"
        hint={levelReach(type)[accessLevel]}
        error={fieldFault(action.failed, "accessLevel")}
      >
        <Select value={accessLevel} options={levelOptions} onValueChange={setAccessLevel} />
      </Field>
    </FormDialog>
  );
}
