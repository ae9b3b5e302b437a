"use client";

import { type ComponentType, createElement, type ReactNode } from "react";
import { type LazyCode, lazyCode, useLazyCode } from "./lazy-code";
import { NotLoaded } from "./not-loaded";
import { Opening } from "./opening";

type LazyProps = {
  readonly onClose?: () => void;
  /** Shown in place of the dialog until its code has loaded. */
  readonly instead?: ReactNode;
};

/**
 * A dialog whose code is loaded when it is first opened, so the page does not wait for it. If the code does not arrive,
 * because the network is gone or the server was upgraded, a message says so and offers to try again. `expect` preloads
 * it.
 */
export function lazyDialog<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const lazy = lazyCode(load);
  const dialog = (props: Props & LazyProps) => <LazyDialog lazy={lazy} props={props} />;
  return Object.assign(dialog, { expect: lazy.expect });
}

type LazyDialogProps<Props> = { lazy: LazyCode<ComponentType<Props>>; props: Props & LazyProps };

function LazyDialog<Props extends object>({ lazy, props }: LazyDialogProps<Props>) {
  const { code, failed, retry } = useLazyCode(lazy);
  const { onClose, instead } = props;
  if (code !== null) return createElement(code, props);
  if (!failed) return instead ?? <Opening />;
  return (
    <>
      {instead}
      <NotLoaded onRetry={retry} onClose={onClose} />
    </>
  );
}
