import { KeysSkeleton } from "@/components/keys/list/keys-skeleton";

export default function KeysLoading() {
  return <KeysSkeleton about="The keys that programs use to call the API." />;
}
