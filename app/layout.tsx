import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { headers } from "next/headers";
// A page loads the code of links once if its layout has it, and otherwise with its frame and with what is not found.
import "next/link";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QuietRouteAnnouncer } from "@/components/shell/quiet-route-announcer";
import { Toaster } from "@/components/ui/overlay/toaster";
import { currentFormats } from "@/lib/formats/current-formats";
import { geistMono } from "./geist-mono";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  description: "Where an organization generates, monitors and revokes its API keys.",
  robots: { index: false, follow: false },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading a header makes every page dynamic, which a nonce per response requires.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme script sets a class on <html> before React sees it, and extensions add attributes to <html> and <body>.
    // Translation is off because people type, search for and quote names, ids and button labels as they are.
    <html
      lang="en"
      translate="no"
      data-formats={JSON.stringify(currentFormats())}
      className={`${GeistSans.variable} ${geistMono.variable}`}
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
