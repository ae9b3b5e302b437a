"use client";

import { use, useState } from "react";
import { countOf } from "@/components/ui/count-of";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input, Textarea } from "@/components/ui/input";
import { metadataMaximumBytes } from "@/lib/core/keys/key-metadata";
import { addLabels, draftMetadataFault, type KeyAttributesDraft } from "./key-attributes-draft";
import { LabelInput } from "./label-input";

type KeyAttributesFieldsProps = {
  draft: KeyAttributesDraft;
  onChange: (draft: Partial<KeyAttributesDraft>) => void;
  /** Texts to show instead of the hints, such as that somebody else changed the field. */
  notes?: { readonly [Name in "subject" | "metadata" | "labels"]?: string | false };
};

const mono = "font-mono max-sm:text-[0.8125rem]/5 sm:text-[0.8125rem]";

/** The fields for subject, metadata and labels. */
export function KeyAttributesFields({ draft, onChange, notes = {} }: KeyAttributesFieldsProps) {
  const { subject } = draft;
  return (
    <>
      <Field
        label="Subject"
        aside="Optional"
        name="subject"
        hint={
          notes.subject ||
          (subject.trim() !== subject
            ? "The space at its start or end is part of it."
            : "Your own ID of the customer or service that holds the key. Verification returns it.")
        }
      >
        <Input
          className={mono}
          placeholder="acct_1234"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={subject}
          onChange={(event) => onChange({ subject: event.target.value })}
        />
      </Field>
      <MetadataField
        written={draft.metadata}
        onChange={(metadata) => onChange({ metadata })}
        note={notes.metadata}
      />
      <LabelsField draft={draft} onChange={onChange} note={notes.labels} />
    </>
  );
}

type MetadataFieldProps = {
  written: string;
  onChange: (written: string) => void;
  note: string | false | undefined;
};

/**
 * Validates when the field loses focus and, while invalid, on every key press: a half-typed object is not a mistake.
 */
function MetadataField({ written, onChange, note }: MetadataFieldProps) {
  const [left, setLeft] = useState(false);
  const bytes = new TextEncoder().encode(written.trim()).length;
  const fault = left || bytes > metadataMaximumBytes ? draftMetadataFault(written) : null;
  const size = bytes === 0 ? "" : ` ${countOf(bytes, "byte")}.`;
  return (
    <Field
      label="Metadata"
      aside="Optional"
      name="metadata"
      hint={note || `JSON, up to 2 KiB. Verification returns it as written.${size}`}
      error={fault ?? undefined}
    >
      <Textarea
        rows={Math.min(8, Math.max(2, written.split("\n").length))}
        className={mono}
        placeholder={'{ "plan": "pro" }'}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={written}
        onChange={(event) => {
          if (draftMetadataFault(event.target.value) === null) setLeft(false);
          onChange(event.target.value);
        }}
        onBlur={() => setLeft(true)}
      />
    </Field>
  );
}

type LabelsFieldProps = {
  draft: KeyAttributesDraft;
  onChange: (draft: Partial<KeyAttributesDraft>) => void;
  note: string | false | undefined;
};

function LabelsField({ draft: { labels, labelText }, onChange, note }: LabelsFieldProps) {
  const { faults, forget } = use(FormContext);
  /** The text that could not be added. */
  const [refused, setRefused] = useState<string | null>(null);
  const fault = labelText !== "" && labelText === refused ? addLabels(labels, labelText).fault : null;
  return (
    <Field
      label="Labels"
      aside="Optional"
      name="labels"
      hint={note || "For people to filter by. Verification never returns them."}
      error={fault ?? labelsFault(faults)}
    >
      <LabelInput
        labels={labels}
        text={labelText}
        onText={(text) => onChange({ labelText: text })}
        onAdd={(text) => {
          const added = addLabels(labels, text);
          onChange({ labels: added.labels, labelText: added.rest });
          setRefused(added.rest);
        }}
        onRemove={(label) => {
          forget?.("labels");
          onChange({ labels: labels.filter((other) => other !== label) });
        }}
      />
    </Field>
  );
}

type Faults = readonly { readonly field: string; readonly message: string }[];

/** The server's message, with the label that it is about. */
function labelsFault(faults: Faults): string | undefined {
  const fault = faults.find(({ field }) => field === "labels" || field.startsWith("labels."));
  const name = fault?.field.slice("labels.".length);
  return fault === undefined || !name ? fault?.message : `“${name}”: ${fault.message}`;
}
