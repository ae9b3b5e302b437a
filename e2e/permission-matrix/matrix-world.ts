import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { MemberContext } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { readSession } from "@/lib/services/sessions/read-session";

/** A person with a browser. */
export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  /** The content of the browser's session cookie. */
  readonly cookie: string;
};

/** A member, with the context that an entry point would have built when they arrived. */
export type Member = Person & {
  readonly context: MemberContext;
  /** Their grant in the target, or above it. */
  readonly grant?: { readonly level: AccessLevel; readonly place: "there" | "above" };
};

const granted = /^(?:(admin|owner), )?(MEMBER|ADMIN|OWNER) (there|above)(, late)?$/;

/** A session whose last password entry is one minute too old to be fresh. */
const late = { passwordMinutesAgo: 6 };

/** A column of docs/permission-matrix.md. */
export type ActorName = string;

/** A separate organization for one row of the matrix, with actors created on demand. */
export class MatrixWorld {
  private readonly actors = new Map<ActorName, Promise<Member>>();

  private constructor(
    readonly organization: TestOrganization,
    /** The stranger's own organization. */
    readonly elsewhere: TestOrganization,
    /** The context of an owner who is not one of the actors. */
    readonly context: MemberContext,
  ) {}

  static async create(elsewhere: TestOrganization): Promise<MatrixWorld> {
    const organization = await createTestOrganization("Matrix");
    return new MatrixWorld(organization, elsewhere, await organization.as("OWNER"));
  }

  /** The actor of this column: a new one if `anew`, otherwise the one of the last call. */
  async actor(name: ActorName, anew: boolean): Promise<Member> {
    const actor = (anew ? undefined : this.actors.get(name)) ?? this.newActor(name);
    if (!anew) this.actors.set(name, actor);
    return actor;
  }

  private async newActor(name: ActorName): Promise<Member> {
    switch (name) {
      case "nobody": {
        const member = await this.member("OWNER");
        await database().session.delete({ where: { id: member.sessionId } });
        return member;
      }
      case "stranger":
        return this.member("OWNER", { organization: this.elsewhere });
      case "removed": {
        const member = await this.member("OWNER");
        await database().member.deleteMany({ where: { userId: member.userId } });
        return member;
      }
      case "demoted": {
        const member = await this.member("OWNER");
        const data = { accessLevel: "MEMBER" } as const;
        await database().member.updateMany({ where: { userId: member.userId }, data });
        return member;
      }
      case "member":
        return this.member("MEMBER");
      case "admin":
        return this.member("ADMIN");
      case "owner":
        return this.member("OWNER");
      case "admin, late":
        return this.member("ADMIN", late);
      case "owner, late":
        return this.member("OWNER", late);
    }
    const [, level = "member", grantLevel, place, isLate] = granted.exec(name) ?? [];
    if (grantLevel === undefined) throw new Error(`There is no actor ${name}`);
    const member = await this.member(level.toUpperCase() as AccessLevel, isLate === undefined ? {} : late);
    return { ...member, grant: { level: grantLevel as AccessLevel, place: place as "there" | "above" } };
  }

  /** A new member of an organization, by default of this one, with a live session. */
  async member(
    accessLevel: AccessLevel,
    over: { readonly organization?: TestOrganization; readonly passwordMinutesAgo?: number } = {},
  ): Promise<Member> {
    const { organization = this.organization, passwordMinutesAgo = 0 } = over;
    const person = await newPerson(passwordMinutesAgo);
    await database().member.create({
      data: { organizationId: organization.id, userId: person.userId, accessLevel },
    });
    return { ...person, context: await contextOf(person, organization) };
  }
}

/** The context that an entry point finds for a person now. */
async function contextOf(person: Person, organization: TestOrganization): Promise<MemberContext> {
  const at = new Date();
  const actor = await readSession(person.sessionId, at);
  if (actor === null) throw new Error("The session has ended");
  const origin = { at, address: "203.0.113.7", userAgent: "matrix", requestId: null };
  return value(await memberContext(actor, organization.slug, origin));
}

/** A person without a membership. */
export async function newPerson(passwordMinutesAgo = 0): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const { id: userId, name } = await database().user.create({ data: { name: "A person", email } });
  return { userId, name, email, ...(await newSession(userId, passwordMinutesAgo)) };
}

/** Another session of a person, as after a sign-in elsewhere. */
export async function newSession(
  userId: string,
  passwordMinutesAgo = 0,
): Promise<Pick<Person, "sessionId" | "cookie">> {
  const { id: sessionId } = await database().session.create({
    data: {
      userId,
      // A millisecond earlier, so that it is before the request on any clock.
      authenticatedAt: new Date(Date.now() - passwordMinutesAgo * 60_000 - 1),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  const cookie = await encode({ token: { sessionId }, secret: env().authSecret, maxAge: 3600 });
  return { sessionId, cookie };
}
