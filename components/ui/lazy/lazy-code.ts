"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

/** After this long people are told, and asked whether to go on. Code that arrives later is used all the same. */
const patienceMs = 15_000;

export type LazyCode<Code> = {
  readonly loaded: () => Code | null;
  /** @returns whether the code is there. A failure is not remembered: the next call tries again. */
  readonly load: () => Promise<boolean>;
  /** Loads ahead of a click, on hover or focus. */
  readonly expect: () => void;
  readonly subscribe: (listener: () => void) => () => void;
};

/** Code that is loaded when somebody is about to use it. Not React.lazy, which would keep a failure for good. */
export function lazyCode<Code>(start: () => Promise<Code>): LazyCode<Code> {
  let code: Code | null = null;
  let loading: Promise<boolean> | null = null;
  const listeners = new Set<() => void>();
  const arrive = (arrived: Code) => {
    code = arrived;
    for (const listener of listeners) listener();
    return true;
  };
  const load = async () => {
    if (code !== null) return true;
    loading ??= Promise.race([start().then(arrive, () => false), later(patienceMs)]).finally(() => {
      loading = null;
    });
    return loading;
  };
  return {
    loaded: () => code,
    load,
    expect: () => void load(),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function later(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false));
}

/** The code, as soon as it is wanted and there. It is never rendered by the server. */
export function useLazyCode<Code>(lazy: LazyCode<Code>, isWanted = true) {
  const code = useSyncExternalStore(lazy.subscribe, lazy.loaded, () => null);
  const [failed, setFailed] = useState(false);
  const isMissing = isWanted && code === null && !failed;
  useEffect(() => {
    if (!isMissing) return;
    let current = true;
    lazy.load().then((isThere) => {
      if (current && !isThere) setFailed(true);
    });
    return () => {
      current = false;
    };
  }, [lazy, isMissing]);
  return { code, failed: failed && code === null, retry: () => setFailed(false) };
}
