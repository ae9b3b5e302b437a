import Link from "next/link";
import { NoticePage } from "@/components/shell/notice-page";
import { Button } from "@/components/ui/button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <NoticePage title="Not found">
      <p>This page does not exist, or you do not have access to it.</p>
      <p>
        <Button asChild>
          <Link href="/">Go to the home page</Link>
        </Button>
      </p>
    </NoticePage>
  );
}
