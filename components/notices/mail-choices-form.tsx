"use client";

import { type ReactNode, use } from "react";
import { CardForm } from "@/components/forms/action-form";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { FormContext } from "@/components/ui/field-context";
import { chooseNoticeMails } from "@/lib/actions/notices/notices";
import type { NoticeKind } from "@/lib/core/notices/notice-kinds";

type Choice = { readonly kind: NoticeKind; readonly label: string; readonly about: string };
type MailChoicesFormProps = {
  groups: readonly {
    readonly title: string;
    readonly about?: ReactNode;
    readonly choices: readonly Choice[];
  }[];
  mailed: readonly NoticeKind[];
};

export function MailChoicesForm({ groups, mailed }: MailChoicesFormProps) {
  return (
    <CardForm action={chooseNoticeMails} submit="Save" saved="Choices saved" className="gap-5">
      {groups.map(({ title, about, choices }) => (
        // The key resets the boxes to the saved choices after a save.
        <fieldset key={`${title} ${mailed.join()}`} className="grid gap-1">
          <legend className="mb-1 font-medium text-ink text-sm">{title}</legend>
          {about}
          <div className="grid grid-cols-1 divide-y rounded-md border">
            {choices.map(({ kind, label, about }) => (
              <MailChoice key={kind} name={kind} label={label} about={about} mailed={mailed.includes(kind)} />
            ))}
          </div>
        </fieldset>
      ))}
    </CardForm>
  );
}

type MailChoiceProps = { name: NoticeKind; label: string; about: string; mailed: boolean };

/** Keeps the unsaved choice while the form asks for the password. */
function MailChoice({ name, label, about, mailed }: MailChoiceProps) {
  const chosen = use(FormContext).typed?.[name];
  const isChecked = chosen === undefined ? mailed : chosen !== "";
  return (
    <ChoiceOption
      type="checkbox"
      name={name}
      value="mail"
      label={label}
      description={about}
      defaultChecked={isChecked}
    />
  );
}
