"use client";

import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { useFieldControl } from "@/components/ui/field-context";
import { isComposing } from "@/components/ui/is-composing";
import { type Label, labelText } from "@/lib/core/keys/attributes/key-labels";
import { Chip, chipsStyle } from "./chip";

type LabelInputProps = {
  labels: readonly Label[];
  /** Typed, but not added yet. */
  text: string;
  onText: (text: string) => void;
  /** Called to add the labels in this text. */
  onAdd: (text: string) => void;
  onRemove: (label: Label) => void;
};

/** A text box with the added labels in front of the text. Enter or a comma adds one, Backspace removes the last. */
export function LabelInput({ labels, text, onText, onAdd, onRemove }: LabelInputProps) {
  const field = useFieldControl();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const remove = (label: Label) => {
    onRemove(label);
    setSaid(`Removed ${labelText(label)}`);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return;
    // With nothing typed, Enter submits the form.
    if ((event.key === "Enter" && text.trim() !== "") || event.key === ",") {
      event.preventDefault();
      onAdd(text);
    }
    const last = labels.at(-1);
    if (event.key === "Backspace" && text === "" && last !== undefined) remove(last);
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData("text");
    if (!/[,\n]/.test(pasted)) return;
    event.preventDefault();
    onAdd(text === "" ? pasted : `${text},${pasted}`);
  };
  return (
    <div
      className={classNames(
        chipsStyle,
        "has-[input:focus-visible]:border-focus has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus has-[input[aria-invalid=true]]:border-danger",
      )}
    >
      {labels.length > 0 && (
        <ul className="contents">
          {labels.map((label) => (
            <Chip key={label[0]} kind="label" text={labelText(label)} onRemove={() => remove(label)} />
          ))}
        </ul>
      )}
      <input
        ref={input}
        {...field}
        placeholder={labels.length === 0 ? "name=value" : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => text !== "" && onAdd(text)}
        className="h-6 min-w-16 flex-1 bg-transparent px-1 font-mono outline-none placeholder:font-sans sm:h-5.5 sm:text-[0.8125rem]"
      />
      <span role="status" className="sr-only">
        {said}
      </span>
    </div>
  );
}
