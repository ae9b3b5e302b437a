import type { ReactNode } from "react";
import { type ResourceParams, requireShownResource } from "../read-shown";

type ResourceLayoutProps = { params: ResourceParams; children: ReactNode };

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function ResourceLayout({ params, children }: ResourceLayoutProps) {
  await requireShownResource(await params);
  return children;
}
