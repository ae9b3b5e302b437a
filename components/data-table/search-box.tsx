"use client";

import { LoaderCircle, Search, X } from "lucide-react";
import {
  type ComponentProps,
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useEarlyInput } from "@/components/ui/choice/use-early-input";
import { classNames } from "@/components/ui/class-names";
import { controlStyle } from "@/components/ui/input";
import { isComposing } from "@/components/ui/is-composing";
import { enterRows, isPlain, rowsBelow } from "./use-row-keys";

type SearchBoxProps = {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** Called on Enter, and with "" on Esc: search at once, without debouncing. */
  onSubmit: (value: string) => void;
  busy: boolean;
  /** The rows below are the results for this text. */
  settled: boolean;
  /** Why this text cannot be searched for. */
  error?: string | undefined;
  className?: string;
  /**
   * Further props for the input, such as those for completion. `onKeyDown` can call preventDefault to override a key.
   */
  field?: Omit<ComponentProps<"input">, "ref" | "value" | "onChange">;
  /** Rendered below the field, floating over the page. */
  children?: ReactNode;
};

export function SearchBox(props: SearchBoxProps) {
  const { label, placeholder, value, onChange, onSubmit, busy, settled, error } = props;
  const { className, field, children } = props;
  const errorId = useId();
  const input = useRef<HTMLInputElement>(null);
  // Text that an input method is still composing, which is not searched yet.
  const [composed, setComposed] = useState<string | null>(null);
  useEarlyInput(() => input.current?.value, value, onChange);
  // The text that Enter was pressed on before its results had loaded.
  const entered = useRef<string | null>(null);
  useEffect(() => {
    if (!settled || entered.current === null) return;
    const rows = input.current === null ? [] : rowsBelow(input.current);
    const isMeant = entered.current === value && document.activeElement === input.current;
    entered.current = null;
    // With several results the focus stays in the box, as the person may go on typing.
    if (isMeant && rows.length === 1) enterRows(rows);
  }, [settled, value]);
  const press = (event: ReactKeyboardEvent<HTMLInputElement>) => {
    if (!isPlain(event)) return;
    const rows = rowsBelow(event.currentTarget);
    if (event.key === "Enter" && settled && value !== "" && rows.length > 0) enterRows(rows);
    else if (event.key === "Enter") {
      entered.current = value;
      onSubmit(value);
      return;
    } else if (event.key === "ArrowDown") rows[0]?.focus();
    else if (event.key !== "Escape") return;
    else if (value === "") event.currentTarget.blur();
    else onSubmit("");
    event.preventDefault();
  };
  const Icon = busy ? LoaderCircle : Search;
  return (
    <search className={classNames("grid gap-1.5", className)}>
      <div className="relative">
        <Icon
          aria-hidden
          className={classNames(
            "pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint",
            busy && "animate-spin",
          )}
        />
        <input
          ref={input}
          type="search"
          dir="auto"
          aria-label={label}
          aria-describedby={error === undefined ? undefined : errorId}
          aria-invalid={error === undefined ? undefined : true}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          {...field}
          value={composed ?? value}
          onChange={({ target, nativeEvent }) => {
            if (isComposing(nativeEvent)) setComposed(target.value);
            else onChange(target.value);
          }}
          onCompositionEnd={({ currentTarget }) => {
            setComposed(null);
            onChange(currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            field?.onKeyDown?.(event);
            press(event);
          }}
          className={classNames(
            controlStyle,
            "h-10 pr-9 pl-8 placeholder-shown:pr-2 sm:h-8 [&::-webkit-search-cancel-button]:hidden",
          )}
        />
        {value !== "" && (
          <button
            type="button"
            aria-label="Clear search"
            onClick={() => {
              onSubmit("");
              input.current?.focus();
            }}
            className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded text-ink-faint transition-colors hover:bg-subtle hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </button>
        )}
        {children}
      </div>
      <p id={errorId} aria-live="polite" className="text-danger-ink text-xs empty:hidden">
        {error}
      </p>
    </search>
  );
}
