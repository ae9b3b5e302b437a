"use client";

import { useEffect } from "react";

/** The reference used to be one page at /docs. Links into it are sent on; the server never sees a fragment. */
export function OldAnchor() {
  useEffect(() => {
    const follow = () => {
      const anchor = location.hash.slice(1);
      if (!/^[\w-]+$/.test(anchor) || document.getElementById(anchor) !== null) return;
      location.replace(`/docs/find/${anchor}`);
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return null;
}
