import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={classNames("rounded-lg border bg-surface", className)} {...rest} />;
}

type CardHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** A heading with a description, and children on the right. */
export function CardHeader({ title, description, className, children }: CardHeaderProps) {
  return (
    <div className={classNames("flex items-start justify-between gap-4 p-5 pb-0", className)}>
      <div className="grid gap-1">
        <h2 className="font-semibold text-base text-ink">{title}</h2>
        {description && <p className="text-ink-muted text-sm">{description}</p>}
      </div>
      {children}
    </div>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={classNames("p-5", className)} {...rest} />;
}

export function CardFooter({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      className={classNames(
        "flex items-center justify-end gap-2 rounded-b-lg border-t bg-subtle px-5 py-3",
        className,
      )}
      {...rest}
    />
  );
}
