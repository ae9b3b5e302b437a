import { Children, cloneElement, type ReactElement, type ReactNode } from "react";
import { classNames } from "./class-names";

type Added = Readonly<Record<string, unknown>> & { readonly className?: string | undefined };

/** Adds props to a component's only child. The child's own classes are kept. */
export function withProps(child: ReactNode, { className, ...added }: Added): ReactElement {
  const element = Children.only(child) as ReactElement<{ className?: string }>;
  return cloneElement(element, {
    ...added,
    ...(className !== undefined && { className: classNames(className, element.props.className) }),
  });
}
