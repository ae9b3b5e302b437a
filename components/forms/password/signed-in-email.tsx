"use client";

import { createContext, type ReactNode, useContext } from "react";

const SignedInEmail = createContext("");

/** The signed-in person's email. Password prompts pass it on to password managers. */
export function SignedInEmailProvider({ email, children }: { email: string; children: ReactNode }) {
  return <SignedInEmail.Provider value={email}>{children}</SignedInEmail.Provider>;
}

export function useSignedInEmail(): string {
  return useContext(SignedInEmail);
}
