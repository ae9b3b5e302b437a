import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "../class-names";
import { optionInput } from "./option-input";

const styles = {
  checkbox: {
    box: "outline-offset-[-2px] hover:bg-subtle",
    mark: "rounded transition-colors group-has-checked/option:bg-accent",
    label: "[overflow-wrap:anywhere]",
  },
  radio: {
    box: "rounded-md border border-line-input bg-surface hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-aria-disabled:cursor-not-allowed has-[[aria-disabled]:not(:checked)]:bg-subtle",
    mark: "rounded-full group-has-aria-disabled/option:bg-subtle group-has-[[aria-disabled]:not(:checked)]/option:border-line",
    label: "font-medium group-has-aria-disabled/option:text-ink-muted",
  },
};

type ChoiceOptionProps = Omit<ComponentProps<"input">, "disabled"> & {
  type: "checkbox" | "radio";
  label: ReactNode;
  description?: ReactNode;
  /** Why it cannot be chosen, as a sentence. Shown in place of the description. */
  disabledBecause?: string | undefined;
};

/** A checkbox or radio button with a description. The whole option can be clicked. */
export function ChoiceOption(props: ChoiceOptionProps) {
  const { type, label, description, disabledBecause, className, onChange, ...rest } = props;
  const id = useId();
  const style = styles[type];
  const line = disabledBecause ?? description;
  return (
    <label
      className={classNames(
        "group/option relative flex gap-2.5 px-3 py-2 transition-colors",
        style.box,
        className,
      )}
    >
      <input
        type={type}
        aria-describedby={line ? id : undefined}
        {...optionInput}
        {...rest}
        {...(disabledBecause === undefined
          ? { onChange }
          : // Stays focusable, so that everybody can find the reason.
            { "aria-disabled": true, onClick: (event) => event.preventDefault(), readOnly: true })}
      />
      <span
        aria-hidden
        className={classNames(
          "mt-0.5 grid size-4 shrink-0 place-items-center border border-line-strong bg-surface group-has-checked/option:border-accent",
          style.mark,
        )}
      >
        {type === "checkbox" ? (
          <Check
            strokeWidth={3}
            className="hidden size-3 text-accent-contrast group-has-checked/option:block"
          />
        ) : (
          <span className="hidden size-2 rounded-full bg-accent group-has-checked/option:block forced-colors:bg-[CanvasText]" />
        )}
      </span>
      <span className="grid min-w-0 gap-0.5">
        <span className={classNames("text-ink text-sm", style.label)}>{label}</span>
        {/* Hidden to keep it out of the accessible name; aria-describedby still refers to it. */}
        {line && (
          <span id={id} aria-hidden className="text-ink-muted text-xs">
            {line}
          </span>
        )}
      </span>
    </label>
  );
}
