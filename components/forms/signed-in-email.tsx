"use client";

import { createContext, type ReactNode, useContext } from "react";

const SignedInEmail = createContext("");

/** Of the person whose dashboard this is: what asks for their password names them to password managers. */
export function SignedInEmailProvider({ email, children }: { email: string; children: ReactNode }) {
  return <SignedInEmail.Provider value={email}>{children}</SignedInEmail.Provider>;
}

export function useSignedInEmail(): string {
  return useContext(SignedInEmail);
}
