import Link from "next/link";
import { Button } from "@/components/ui/button";

export default function DashboardNotFound() {
  return (
    <main id="main" tabIndex={-1} className="mx-auto grid max-w-md gap-4 px-6 py-24 text-sm outline-none">
      <h1 className="font-semibold text-ink text-xl tracking-tight">Not found</h1>
      <p className="text-ink-muted">This page does not exist, or you do not have access to it.</p>
      <p>
        <Button asChild>
          <Link href="/">Go to the home page</Link>
        </Button>
      </p>
    </main>
  );
}
