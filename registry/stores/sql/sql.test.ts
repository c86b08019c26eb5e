import { statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CompiledQuery, Kysely } from "kysely"
import { describe, expect, it } from "vitest"
import { sqlFor } from "../../schema/ddl.ts"
import { storeSuite } from "../store.suite.ts"
import { migrate, migrations } from "./migrate.ts"
import { embeddedStore } from "./node/embedded.ts"
import { LibsqlDialect, openLibsql } from "./node/libsql.ts"
import type { SqlTables } from "./tables.ts"
import { temporaryFiles } from "./temporary.fixture.ts"

const { folder, newFile, newStore } = temporaryFiles()
const open = (path: string) => new Kysely<SqlTables>({ dialect: new LibsqlDialect(() => openLibsql(path)) })

storeSuite("an embedded file", newStore)

describe("the embedded file", () => {
  const newText = () => {
    const path = newFile()
    writeFileSync(path, "This is a letter, and not a short one. ".repeat(100))
    return path
  }

  it("is made with its folder, for its owner alone", async () => {
    const path = join(folder, "new", "deep", "stackdock.db")
    const store = embeddedStore(path)
    await store.migrate()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700)
    await store.close()
  })

  it("says why it cannot be opened", async () => {
    const store = embeddedStore(join(newText(), "under-a-file.db"))
    await expect(store.migrate()).rejects.toMatchObject({ name: "StoreError", code: "unavailable" })
  })

  it("says when it is not a database", async () => {
    await expect(embeddedStore(newText()).migrate()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("not a database"),
    })
  })
})

describe("migrations", () => {
  it("lead to the tables that the schema describes", async () => {
    const [migrated, described] = [open(newFile()), open(newFile())]
    await migrate(migrated)
    for (const statement of sqlFor("sqlite")) await described.executeQuery(CompiledQuery.raw(statement))
    const shape = async (db: Kysely<SqlTables>) => {
      const { rows } = await db.executeQuery<{ name: string; sql: string }>(
        CompiledQuery.raw("select name, sql from sqlite_schema where name not like 'sqlite_%' order by name"),
      )
      return rows.filter((row) => row.name !== "stackdock_migrations")
    }
    expect(await shape(migrated)).toEqual(await shape(described))
    await Promise.all([migrated.destroy(), described.destroy()])
  })

  it("run only once, by however many at once", async () => {
    const path = newFile()
    const all = Array.from({ length: 6 }, () => open(path))
    await Promise.all(all.map((db) => migrate(db)))
    const [first] = all
    const applied = await first?.selectFrom("stackdock_migrations").select("version").execute()
    expect(applied).toEqual(migrations.map((_, index) => ({ version: index + 1 })))
    await Promise.all(all.map((db) => db.destroy()))
  })

  it("add to what is there", async () => {
    const db = open(newFile())
    await migrate(db)
    const more = { name: "more", statements: ["alter table servers add column colour text"] }
    await migrate(db, [...migrations, more])
    await migrate(db, [...migrations, more])
    const columns = (await db.introspection.getTables()).find((table) => table.name === "servers")?.columns
    expect(columns?.map((column) => column.name)).toContain("colour")
    await db.destroy()
  })

  it("leave nothing half done", async () => {
    const db = open(newFile())
    const broken = { name: "broken", statements: ["create table half (id text)", "create nonsense"] }
    await expect(migrate(db, [...migrations, broken])).rejects.toMatchObject({ code: "unavailable" })
    expect(await db.introspection.getTables()).toEqual([])
    await migrate(db)
    await db.destroy()
  })

  it("refuse a database that a newer version has made", async () => {
    const db = open(newFile())
    await migrate(db, [...migrations, { name: "newer", statements: [] }])
    await expect(migrate(db)).rejects.toMatchObject({ name: "StoreError", code: "newer_schema" })
    await db.destroy()
  })

  it("refuse a database that an edited migration has made", async () => {
    const db = open(newFile())
    await migrate(db, [{ name: "initial", statements: ["create table other (id text)"] }])
    await expect(migrate(db)).rejects.toMatchObject({ message: expect.stringContaining("Migration 1") })
    await db.destroy()
  })
})
