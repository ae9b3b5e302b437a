import { classNames } from "./class-names";
import { PlainButton, type PlainButtonProps } from "./plain-button";
import { withProps } from "./with-props";

const baseStyle =
  "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none aria-disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0";

/** Disabled buttons are grey: a faded red or blue still looks as if it could be pressed. */
const greyAtRest =
  "at-rest:border at-rest:border-line at-rest:bg-subtle at-rest:text-ink-faint at-rest:shadow-none";

const variants = {
  // Forced colours remove the background, so the button gets a border.
  primary: `forced-colors:border bg-accent text-accent-contrast shadow-control hover:bg-accent-strong ${greyAtRest}`,
  secondary: `border border-line-input bg-surface text-ink shadow-control hover:bg-subtle ${greyAtRest}`,
  ghost: "text-ink-muted hover:bg-subtle hover:text-ink data-[state=open]:bg-subtle at-rest:opacity-50",
  danger: `forced-colors:border bg-danger text-danger-contrast shadow-control hover:bg-danger-strong ${greyAtRest}`,
  "danger-secondary": `border border-danger-line bg-surface text-danger-ink shadow-control hover:bg-danger-soft ${greyAtRest}`,
  link: "text-accent-ink underline-offset-4 hover:underline at-rest:opacity-50",
};

const sizes = {
  small: "h-7 px-2.5 text-[0.8125rem]",
  medium: "h-8 px-3 text-sm max-sm:h-10 max-sm:px-4",
  large: "h-10 px-4 text-sm",
  icon: "size-8 max-sm:size-10",
  "icon-small": "size-7",
  inline: "h-auto p-0",
};

type ButtonProps = PlainButtonProps & {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** Applies the style to its only child, such as a link. */
  asChild?: boolean;
};

export function Button({
  asChild = false,
  variant = "secondary",
  size = "medium",
  className,
  children,
  ...rest
}: ButtonProps) {
  const style = classNames(baseStyle, variants[variant], sizes[size], className);
  if (asChild) return withProps(children, { ...rest, className: style });
  return (
    <PlainButton className={style} {...rest}>
      {children}
    </PlainButton>
  );
}
