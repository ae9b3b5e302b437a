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
import { updateProfile } from "@/lib/actions/account";

export function ProfileForm({ name, email }: { name: string; email: string }) {
  const [state, send, pending] = useFormAction(updateProfile);
  const form = useFaultFocus(state.failure);
  useEffect(() => {
    if (state.savedAt !== null) toast.success("Profile saved");
  }, [state.savedAt]);
  return (
    <form ref={form} action={send} noValidate>
      <Card>
        <CardBody className="grid gap-4">
          <FailureAlert failed={state.failure} />
          <input type="hidden" name="seenName" value={state.values.seenName ?? name} readOnly />
          <Field label="Your name" error={fieldFault(state.failure, "name")}>
            {/* The key resets the field to the saved name after a save. */}
            <Input key={name} name="name" autoComplete="name" defaultValue={state.values.name ?? name} />
          </Field>
          <Field label="Email" hint="You sign in with this address.">
            <Input type="email" value={email} readOnly />
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" pending={pending}>
            Save
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
