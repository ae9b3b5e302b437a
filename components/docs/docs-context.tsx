"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { SampleLanguage } from "./code-samples";

type Docs = {
  readonly language: SampleLanguage;
  readonly setLanguage: (language: SampleLanguage) => void;
  /** Kept in this page's memory only: not stored, not in a URL, gone when the page closes. */
  readonly token: string;
  readonly setToken: (token: string) => void;
};

const DocsContext = createContext<Docs | null>(null);

/** State shared by the whole reference. */
export function DocsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<SampleLanguage>("curl");
  const [token, setToken] = useState("");
  const value = useMemo(() => ({ language, setLanguage, token, setToken }), [language, token]);
  return <DocsContext.Provider value={value}>{children}</DocsContext.Provider>;
}

export function useDocs(): Docs {
  const docs = useContext(DocsContext);
  if (docs === null) throw new Error("There is no DocsProvider around this");
  return docs;
}
