import { database } from "@/lib/db/client";

/** Names of the maximum length, with and without spaces. */
const long = {
  key: (name: string, _index: number) => filled(`${name} of the robots that carry parcels between `, 100),
  person: (name: string, _index: number) => filled(`${name} of the department of internal `, 100),
  place: (name: string, _index: number) => filled(`${name} for everybody in the region `, 80),
  text: (text: string) => filled(`${text || "Nobody knows"} and so on, as it was agreed, `, 500),
};

const people = ["نورة القحطاني", "فيصل الحربي", "ליאת כהן", "ليان الشهري"];
const rightToLeft: typeof long = {
  key: (name, index) => `${index % 2 === 0 ? "מפתח של שירות המשלוחים" : "مفتاح خدمة التوصيل"} (${name})`,
  person: (_name, index) => people[index % people.length] ?? "",
  place: (_name, index) => `مستودع الروبوتات ${index + 1}`,
  text: () => "يستخدمه قسم التوصيل كل ليلة، لا تحذفه.",
};

function filled(start: string, length: number): string {
  return start.slice(0, length - 20).padEnd(length, "infrastructure");
}

/** Gives keys, people, applications and roles names that are hard to lay out. */
export async function renameAll(how: "long" | "right-to-left"): Promise<void> {
  const names = how === "long" ? long : rightToLeft;
  const db = database();
  for (const [index, { id, name, description }] of (await db.apiKey.findMany()).entries()) {
    const data = { name: names.key(name, index), description: names.text(description) };
    await db.apiKey.update({ where: { id }, data });
  }
  for (const [index, { id, name }] of (await db.user.findMany()).entries())
    await db.user.update({ where: { id }, data: { name: names.person(name, index) } });
  for (const table of [db.organization, db.application, db.workspace, db.userGroup] as unknown as Named[]) {
    for (const [index, { id, name }] of (await table.findMany()).entries())
      await table.update({ where: { id }, data: { name: names.place(name, index) } });
  }
  await makeRole(names);
}

/** Creates a custom role, as built-in roles keep their names. */
async function makeRole(names: typeof long): Promise<void> {
  const { id: organizationId } = await database().organization.findFirstOrThrow();
  await database().role.create({
    data: {
      ...{ organizationId, roleId: "r".repeat(40), title: names.place("Billing", 0) },
      ...{ description: names.text("Reads and closes invoices"), permissions: ["invoices:close"] },
    },
  });
}

/** What the tables of resources have in common. */
type Named = {
  readonly findMany: () => Promise<{ readonly id: string; readonly name: string }[]>;
  readonly update: (row: { where: { id: string }; data: { name: string } }) => Promise<unknown>;
};
