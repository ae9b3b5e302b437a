"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

type Docs = {
  /** The language that samples are shown in, where they have it. */
  readonly language: string;
  readonly setLanguage: (language: string) => void;
  /** Kept in memory only: not stored, not in a URL, gone when the tab closes or reloads. */
  readonly token: string;
  readonly setToken: (token: string) => void;
};

const DocsContext = createContext<Docs | null>(null);

/** State shared by all documentation pages. */
export function DocsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState("curl");
  const [token, setToken] = useState("");
  const value = useMemo(() => ({ language, setLanguage, token, setToken }), [language, token]);
  return <DocsContext.Provider value={value}>{children}</DocsContext.Provider>;
}

export function useDocs(): Docs {
  const docs = useContext(DocsContext);
  if (docs === null) throw new Error("There is no DocsProvider around this");
  return docs;
}
