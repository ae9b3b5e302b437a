import { NotFoundText } from "@/components/shell/not-found-text";

export const metadata = { title: "Not found" };

export default function DashboardNotFound() {
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-md px-6 py-24 outline-none">
      <NotFoundText />
    </main>
  );
}
