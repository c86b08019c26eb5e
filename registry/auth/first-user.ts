import { OWNER } from "../engine/permissions.ts"
import type { Stackdock } from "../engine/stackdock.ts"
import type { Database } from "../stores/sql/database.ts"
import { sql } from "../stores/sql/sql.ts"

/** Whoever comes first needs no invitation: there is nobody who could send one. */
export async function isWithoutUsers(database: Database): Promise<boolean> {
  return (await database.all(sql`select id from auth_users limit 1`)).length === 0
}

/**
 * Makes one user the owner, however many come at once. A process can end between the account and this, so it is looked at again
 * whenever somebody signs in, until an owner has an account.
 */
export async function settleFirst(
  { database, stackdock }: { database: Database; stackdock: Stackdock },
  userId: string,
): Promise<void> {
  await database.run(
    sql`insert into auth_first_user (only, user_id) values (1, ${userId}) on conflict (only) do nothing`,
  )
  const isFirst = sql`select user_id from auth_first_user where user_id = ${userId}`
  if ((await database.all(isFirst)).length === 0) return
  for (const member of await stackdock.listMembers()) {
    const account = sql`select id from auth_users where id = ${member.userId}`
    if (member.role === OWNER && (await database.all(account)).length > 0) return
  }
  await stackdock.setMember({ userId, role: OWNER })
}
