"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

/** After this time the load counts as failed and people can retry. Code that arrives later is still used. */
const patienceMs = 15_000;

export type LazyCode<Code> = {
  readonly loaded: () => Code | null;
  /** @returns whether the code has loaded. A failure is not remembered: the next call tries again. */
  readonly load: () => Promise<boolean>;
  /** Preloads the code, on hover or focus. */
  readonly expect: () => void;
  readonly subscribe: (listener: () => void) => () => void;
};

/** Code that is loaded shortly before it is used. Not React.lazy, which remembers a failure for good. */
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

/** Loads the code once it is wanted, and returns it when it has arrived. Never renders on the server. */
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
