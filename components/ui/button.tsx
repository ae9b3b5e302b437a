import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const buttonStyle = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-accent-contrast shadow-control hover:bg-accent-strong",
        secondary: "border border-line-input bg-surface text-ink shadow-control hover:bg-subtle",
        ghost: "text-ink-muted hover:bg-subtle hover:text-ink data-[state=open]:bg-subtle",
        danger: "bg-danger text-danger-contrast shadow-control hover:bg-danger-strong",
        "danger-secondary":
          "border border-danger-line bg-surface text-danger-ink shadow-control hover:bg-danger-soft",
        link: "text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        small: "h-7 px-2.5 text-[0.8125rem]",
        medium: "h-8 px-3 text-sm max-sm:h-10 max-sm:px-4",
        large: "h-10 px-4 text-sm",
        icon: "size-8 max-sm:size-10",
        "icon-small": "size-7",
        inline: "h-auto p-0",
      },
    },
    defaultVariants: { variant: "secondary", size: "medium" },
  },
);

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonStyle> & {
    /** Applies the style to its only child, such as a link. */
    asChild?: boolean;
    /** Shows progress and ignores clicks. The accessible name stays. */
    pending?: boolean;
  };

export function Button({
  asChild = false,
  pending = false,
  variant,
  size,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  const style = classNames(buttonStyle({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type}
      className={style}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...rest}
    >
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <LoaderCircle aria-hidden className="animate-spin" />
        </span>
      )}
      {/* Stays in place while pending, so neither the width nor the accessible name changes. */}
      <span className={pending ? "flex items-center gap-1.5 opacity-0" : "contents"}>{children}</span>
    </button>
  );
}
