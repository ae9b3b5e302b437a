import { KeysSkeleton } from "@/components/keys/keys-skeleton";

export default function OwnKeysLoading() {
  return <KeysSkeleton about="The keys that you created." />;
}
