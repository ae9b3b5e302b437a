import { KeysSkeleton } from "@/components/keys/list/keys-skeleton";

export default function KeysLoading() {
  return <KeysSkeleton about="What programs sign their calls with." />;
}
