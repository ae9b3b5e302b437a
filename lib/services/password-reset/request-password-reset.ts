import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { resetMail } from "@/lib/mail/reset-mail";
import type { RequestPasswordResetInput } from "@/lib/schemas/account";
import type { Origin } from "@/lib/services/access/context";
import { reserveMail } from "@/lib/services/mail/mail-budget";
import { resetShare } from "@/lib/services/mail/mail-share";
import { addressSubject } from "@/lib/services/throttle/address-subject";
import { countAttempt } from "@/lib/services/throttle/count-attempt";
import { minutesUntil } from "@/lib/services/throttle/minutes-until";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { makeResetLink } from "./make-reset-link";

const { attempts, windowMs } = resetShare.recipient;
/** Generous, since an office can share one address. */
const fromAddress: Throttle = { name: "reset:address", attempts: 30, windowMs };
const forEmail: Throttle = { name: "reset:email", attempts, windowMs };

/**
 * Mails a reset link if the email has an account. It answers before looking the account up, and the limits count
 * the typed email. Neither the answer nor its timing reveals whether the account exists.
 */
export async function requestPasswordReset(
  { email }: RequestPasswordResetInput,
  origin: Origin,
): Promise<Result<null>> {
  if (env().smtp === undefined) {
    return failure("conflict", "This server sends no mail. Its operator can create a link for you.");
  }
  const address = addressSubject(origin.address);
  const retryAt =
    (await countAttempt(fromAddress, address, origin.at)).retryAt ??
    (await countAttempt(forEmail, email, origin.at)).retryAt;
  if (retryAt !== null) {
    return failure(
      "rate_limited",
      `Too many links were requested. Look for the latest mail, or try again in ${minutesUntil(retryAt, origin.at)}.`,
    );
  }
  void mailLink(email, origin);
  return success(null);
}

/** Never throws: the request was already answered. */
async function mailLink(email: string, { at, requestId }: Origin): Promise<void> {
  try {
    const user = await database().user.findUnique({ where: { email }, select: { id: true } });
    if (user === null) return;
    // Anyone can request a mail. It must not end a link that an operator just handed over.
    const handedOver = { userId: user.id, byOperator: true, expiresAt: { gt: at } };
    if ((await database().passwordReset.count({ where: handedOver })) > 0) {
      log().info({ requestId }, "no reset link was mailed: a link from the operator is still open");
      return;
    }
    // Reserve the mail first: a mail that exceeds the budget must not end the link mailed before.
    const parties = { recipient: email, senderId: null, organizationId: null };
    const reserved = await reserveMail(resetShare, parties, at);
    if (!("place" in reserved)) {
      log().warn({ requestId }, "no reset link was mailed: the hourly limit is used up");
      return;
    }
    const { link, expiresAt } = await makeResetLink(user.id, false, at);
    await reserved.place.send(resetMail({ email, link, expiresAt }));
  } catch (error) {
    log().error({ err: error, requestId }, "no reset link was mailed");
  }
}
