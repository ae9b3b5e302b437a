import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";

type PersonNameProps = {
  person: { readonly name: string; readonly email: string; readonly isSelf: boolean };
};

/**
 * A person in a table row. A narrow table has no column for the email, so it is also shown below the name; otherwise
 * people with the same name could not be told apart.
 */
export function PersonName({ person: { name, email, isSelf } }: PersonNameProps) {
  return (
    <span className="flex items-center gap-2" title={name}>
      <Avatar name={name} size="small" />
      <span className="grid min-w-0">
        <span
          dir="auto"
          data-email={email}
          className="truncate font-medium text-ink text-sm leading-4.5 max-md:text-base max-md:leading-5.5 @max-[920px]/table:after:block @max-[920px]/table:after:truncate @max-[920px]/table:after:font-normal @max-[920px]/table:after:text-ink-muted @max-[920px]/table:after:text-xs @max-[920px]/table:after:content-[attr(data-email)]"
        >
          {name}
        </span>
      </span>
      {isSelf && <Badge className="shrink-0">You</Badge>}
    </span>
  );
}

export function PersonEmail({ email }: { email: string }) {
  return (
    <span className="block truncate text-ink-muted" title={email}>
      {email}
    </span>
  );
}
