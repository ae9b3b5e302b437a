import { KeysSkeleton } from "@/components/keys/list/keys-skeleton";

export default function OwnKeysLoading() {
  return <KeysSkeleton about="The keys that you created." />;
}
