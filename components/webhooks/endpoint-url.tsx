import { classNames } from "@/components/ui/class-names";

/** An endpoint's URL with a dimmed scheme. */
export function EndpointUrl({ url, className }: { url: string; className?: string }) {
  const [, scheme = "", rest = url] = /^(\w+:\/\/)(.*)$/.exec(url) ?? [];
  return (
    <span title={url} dir="ltr" className={classNames("block truncate text-left", className)}>
      <span className="font-normal text-ink-faint">{scheme}</span>
      {rest.replace(/^([^/]*)\/$/, "$1")}
    </span>
  );
}
