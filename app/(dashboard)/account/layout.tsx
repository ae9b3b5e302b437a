import type { ReactNode } from "react";
import { SideLayout } from "@/components/shell/side-layout";

const pages = [
  { label: "Profile", href: "/account/profile" },
  { label: "Security", href: "/account/security" },
];

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <SideLayout label="Account" pages={pages}>
      {children}
    </SideLayout>
  );
}
