import type { Database } from "../stores/sql/database.ts"
import { sql } from "../stores/sql/sql.ts"

/** Whoever comes first needs no invitation: there is nobody who could send one. */
export async function isWithoutUsers(database: Database): Promise<boolean> {
  return (await database.all(sql`select id from auth_users limit 1`)).length === 0
}

/** True for one user only, however many come at once. */
export async function claimFirst(database: Database, userId: string): Promise<boolean> {
  const made = await database.run(
    sql`insert into auth_first_user (only, user_id) values (1, ${userId}) on conflict (only) do nothing`,
  )
  return made === 1
}
