"use client";

import { useEffect } from "react";
import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/overlay/toast";
import { updateOrganization } from "@/lib/actions/organization";
import { accessLevels } from "@/lib/core/access/access-level";
import type { KeyCreators } from "@/lib/core/access/permission";
import { KeyCreatorsField } from "./key-creators-field";

type GeneralFormProps = { slug: string; name: string; keyCreators: KeyCreators; editable: boolean };

/** The organization's settings. Owners can change them; others can only read them. */
export function GeneralForm({ slug, name, keyCreators, editable }: GeneralFormProps) {
  const [state, send, pending] = useFormAction(updateOrganization.bind(null, slug));
  // React resets a submitted form. A refusal brings back what was chosen.
  const chosen = accessLevels.find((level) => level === state.values.keyCreators) ?? keyCreators;
  const asksForPassword = fieldFault(state.failure, "password") !== undefined;
  const form = useFaultFocus(state.failure);
  useEffect(() => {
    if (state.savedAt !== null) toast.success("Settings saved");
  }, [state.savedAt]);
  return (
    <form ref={form} action={send} noValidate>
      <Card>
        <CardBody className="grid gap-5">
          <FailureAlert failed={asksForPassword ? null : state.failure} />
          <input type="hidden" name="seenName" value={state.values.seenName ?? name} readOnly />
          <input
            type="hidden"
            name="seenKeyCreators"
            value={state.values.seenKeyCreators ?? keyCreators}
            readOnly
          />
          <Field label="Organization name" error={fieldFault(state.failure, "name")}>
            {/* The key resets the field to the saved name after a save. */}
            <Input key={name} name="name" defaultValue={state.values.name ?? name} readOnly={!editable} />
          </Field>
          <Field label="Address" hint="It never changes, so links to it keep working.">
            <Input value={`/${slug}`} readOnly className="font-mono" />
          </Field>
          <KeyCreatorsField key={chosen} saved={chosen} editable={editable} />
          {asksForPassword && (
            <Field label="Password" error={fieldFault(state.failure, "password")}>
              <Input name="password" type="password" autoComplete="current-password" />
            </Field>
          )}
        </CardBody>
        {editable && (
          <CardFooter>
            <Button type="submit" variant="primary" pending={pending}>
              Save
            </Button>
          </CardFooter>
        )}
      </Card>
    </form>
  );
}
