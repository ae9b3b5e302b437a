"use client";

import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createOrganization } from "@/lib/actions/organization";

/** @param submission created with the page, so that sending the form several times creates one organization */
export function NewOrganizationForm({ submission }: { submission: string }) {
  const [state, send, pending] = useFormAction(createOrganization);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate>
      <Card>
        <CardBody className="grid gap-5">
          <FailureAlert failed={state.failure} />
          <input type="hidden" name="submission" value={submission} />
          <Field
            label="Organization name"
            hint="Its address is derived from the name, and does not change with it."
            error={fieldFault(state.failure, "name")}
          >
            <Input name="name" autoComplete="organization" defaultValue={state.values.name} autoFocus />
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" pending={pending}>
            Create organization
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
