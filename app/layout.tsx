import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QuietRouteAnnouncer } from "@/components/shell/quiet-route-announcer";
import { Toaster } from "@/components/ui/toaster";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  description: "The place where an organization makes, watches and ends its API keys.",
  robots: { index: false, follow: false },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading a header makes every page dynamic, which the nonce of each response asks for.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme's script sets a class on <html> before React sees it, and extensions put attributes on both.
    // Translated names, ids and buttons would not be those that people type, search for and are told of.
    <html
      lang="en"
      translate="no"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body suppressHydrationWarning>
        <ThemeProvider attribute="class" nonce={nonce} disableTransitionOnChange>
          <NuqsAdapter>{children}</NuqsAdapter>
          <Toaster />
        </ThemeProvider>
        <QuietRouteAnnouncer />
      </body>
    </html>
  );
}
