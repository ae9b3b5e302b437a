import type { KeyboardEvent, ReactNode } from "react";
import { useId } from "react";
import { classNames } from "@/components/ui/class-names";
import { grouped } from "@/components/ui/grouped";
import type { KeyCount } from "@/lib/services/keys/read/key-view";

type ValueOptionProps = {
  type: "checkbox" | "radio";
  checked: boolean;
  onChange: (checked: boolean) => void;
  keys?: KeyCount | undefined;
  children: ReactNode;
};

/** One value of a filter, with the number of keys that have it. */
export function ValueOption({ type, checked, onChange, keys, children }: ValueOptionProps) {
  const id = useId();
  return (
    <label
      className={classNames(
        "flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 text-ink text-sm hover:bg-subtle max-sm:min-h-11",
        "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-[-2px]",
      )}
    >
      <input
        type={type}
        checked={checked}
        autoComplete="off"
        aria-describedby={keys === undefined ? undefined : id}
        onChange={({ target }) => onChange(target.checked)}
        // Clicking a checked radio button clears it.
        onClick={() => type === "radio" && checked && onChange(false)}
        className={classNames(
          "size-4 shrink-0 appearance-none border border-line-strong bg-surface outline-none checked:border-accent forced-colors:appearance-auto",
          type === "radio" ? "rounded-full checked:border-[5px]" : "select-box rounded checked:bg-accent",
        )}
      />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys !== undefined && (
        <>
          <span aria-hidden className="text-ink-faint text-xs tabular-nums">
            {countWords(keys)}
          </span>
          <span id={id} hidden>
            {countWords(keys)} {keys.count === 1 && keys.isAll ? "key" : "keys"}
          </span>
        </>
      )}
    </label>
  );
}

/** A count in words: "1,000+" if there are more than counted. */
export function countWords({ count, isAll }: KeyCount): string {
  return isAll ? grouped(count) : `${grouped(count)}+`;
}

/** The arrow keys move between the search box and the values. */
export function moveBetweenValues(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const inputs = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input")];
  const at = inputs.indexOf(event.target as HTMLInputElement);
  const next = inputs[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at === -1 || next === undefined || (event.target as HTMLInputElement).type === "date") return;
  event.preventDefault();
  next.focus();
}
