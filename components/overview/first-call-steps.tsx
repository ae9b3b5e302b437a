import Link from "next/link";
import { FirstCall, Waiting } from "./first-call";
import { cardLink } from "./overview-card";
import { Step } from "./step";

type FirstCallStepsProps = {
  hasKey: boolean;
  /** The link to where keys are generated. */
  link: { readonly href: string; readonly text: string };
  /** Null for people who may generate keys; otherwise says who may. */
  whyNoKey?: string | null;
};

/** The three steps to a first call, with the next one highlighted. */
export function FirstCallSteps({ hasKey, link, whyNoKey = null }: FirstCallStepsProps) {
  return (
    <>
      <Step
        number={1}
        state={hasKey ? "done" : "now"}
        title="Generate a secret key"
        about={whyNoKey ?? undefined}
      >
        {!hasKey && whyNoKey === null && (
          <Link href={link.href} className={`${cardLink} text-[0.8125rem]`}>
            {link.text}
          </Link>
        )}
      </Step>
      <Step number={2} state={hasKey ? "done" : "later"} title="Put its secret in your secret manager" />
      <Step
        number={3}
        state={hasKey ? "now" : "later"}
        title="Make the first call"
        about="Run this in a shell and paste the secret when it waits. This page notices the call by itself."
        aside={hasKey && <Waiting />}
      >
        <FirstCall />
      </Step>
    </>
  );
}
