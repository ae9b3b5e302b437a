"use client";

import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { useFieldControl } from "@/components/ui/field-context";
import { controlStyle } from "@/components/ui/input";
import { isComposing } from "@/components/ui/is-composing";
import { type Label, labelText } from "@/lib/core/keys/attributes/key-labels";

type LabelInputProps = {
  labels: readonly Label[];
  /** Typed and not added yet. */
  text: string;
  onText: (text: string) => void;
  /** Adds the labels in this text. */
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
        controlStyle,
        "flex min-h-10 flex-wrap items-center gap-1 px-1.5 py-1 sm:min-h-8 sm:py-0.75",
        "has-[input:focus-visible]:border-focus has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus has-[input[aria-invalid=true]]:border-danger",
      )}
    >
      {labels.length > 0 && (
        <ul className="contents">
          {labels.map((label) => (
            <li
              key={label[0]}
              className="flex max-w-full items-center rounded border bg-subtle pl-1.5 font-mono text-ink text-xs leading-6 sm:leading-5.5"
            >
              <span className="[overflow-wrap:anywhere]">{labelText(label)}</span>
              <button
                type="button"
                aria-label={`Remove label ${labelText(label)}`}
                onClick={() => remove(label)}
                className="grid size-6 shrink-0 place-items-center rounded text-ink-faint hover:text-ink sm:size-5.5"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
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
