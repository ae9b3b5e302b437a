import { NotFoundText } from "@/components/shell/not-found-text";

export const metadata = { title: "Not found" };

/** Shown within the organization's navigation. */
export default function PageNotFound() {
  return (
    <div className="mx-auto max-w-md py-16">
      <NotFoundText />
    </div>
  );
}
