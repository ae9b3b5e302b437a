import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

const baseStyle =
  "flex gap-2.5 rounded-md border px-3 py-2.5 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0";

const tones = {
  neutral: "border-line bg-subtle text-ink [&>svg]:text-ink-muted",
  notice: "border-accent-line bg-accent-soft text-ink [&>svg]:text-accent-ink",
  warning: "border-status-expiring-line bg-status-expiring-soft text-ink [&>svg]:text-status-expiring-ink",
  danger: "border-danger-line bg-danger-soft text-danger-ink",
};

const icons = { neutral: Info, notice: Info, warning: TriangleAlert, danger: CircleAlert };

type AlertProps = ComponentProps<"div"> & { tone?: keyof typeof tones; heading?: ReactNode };

/** Set `role="alert"` when it appears in response to an action. */
export function Alert({ tone = "neutral", heading, className, children, ...rest }: AlertProps) {
  const Icon = icons[tone];
  return (
    <div className={classNames(baseStyle, tones[tone], className)} {...rest}>
      <Icon aria-hidden />
      <div className="grid min-w-0 flex-1 gap-0.5 [overflow-wrap:anywhere]">
        {heading && <p className="font-medium">{heading}</p>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
