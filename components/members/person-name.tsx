import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";

type PersonNameProps = {
  person: { readonly name: string; readonly email: string; readonly isSelf: boolean };
};

/**
 * A person in a table row. Phones hide the email column, so the email is also shown below the name; otherwise people
 * with the same name could not be told apart.
 */
export function PersonName({ person: { name, email, isSelf } }: PersonNameProps) {
  return (
    <span className="flex items-center gap-2" title={name}>
      <Avatar name={name} size="small" />
      <span className="grid min-w-0">
        <span
          data-email={email}
          className="truncate font-medium text-ink max-sm:after:block max-sm:after:truncate max-sm:after:font-normal max-sm:after:text-ink-muted max-sm:after:text-xs max-sm:after:content-[attr(data-email)]"
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
