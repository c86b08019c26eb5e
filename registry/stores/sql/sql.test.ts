import { statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { sqlFor } from "../../schema/ddl.ts"
import { storeSuite } from "../store.suite.ts"
import type { Database } from "./database.ts"
import { sqlite } from "./dialect.ts"
import { type Migration, migrate, migrations } from "./migrate.ts"
import { LibsqlDatabase } from "./node/database.ts"
import { embeddedStore } from "./node/embedded.ts"
import { openLibsql } from "./node/libsql.ts"
import { joined, raw, sql } from "./sql.ts"
import { temporaryFiles } from "./temporary.fixture.ts"

const { folder, newFile, newStore } = temporaryFiles()
const open = (path: string) => new LibsqlDatabase(() => openLibsql(path))
const migrateWith = (db: Database, wanted?: readonly Migration[]) => migrate(db, sqlite, wanted)

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

describe("sql", () => {
  it("binds what is given, and takes pieces in as they are", () => {
    const piece = sql`a = ${1} or b = ${"x"}`
    const statement = sql`select * from ${raw("docks")} where (${piece}) and c = ${null}${sql``}`
    expect(statement.text).toBe("select * from docks where (a = $1 or b = $2) and c = $3")
    expect(statement.values).toEqual([1, "x", null])
  })

  it("joins pieces, and gives nothing for none", () => {
    const { text, values } = sql`(${joined([sql`${1}`, sql`two`, sql`${3}`], ", ")})${joined([], ", ")}`
    expect({ text, values }).toEqual({ text: "($1, two, $2)", values: [1, 3] })
  })
})

describe("the database", () => {
  it("lets nothing in between the statements of a transaction", async () => {
    const db = open(newFile())
    await db.run(sql`create table seen (number integer)`)
    const slow = db.transaction(async (trx) => {
      await trx.run(sql`insert into seen values (1)`)
      await Promise.resolve()
      throw new Error("no")
    })
    const other = db.run(sql`insert into seen values (2)`)
    await expect(slow).rejects.toThrow("no")
    await other
    expect(await db.all(sql`select number from seen`)).toEqual([{ number: 2 }])
    await db.close()
  })

  it("opens again what could not be opened at first, and nothing once it is closed", async () => {
    const path = newFile()
    let tries = 0
    const db = new LibsqlDatabase(async () => {
      tries += 1
      if (tries === 1) throw new Error("not yet")
      return await openLibsql(path)
    })
    await expect(db.all(sql`select 1`)).rejects.toThrow("not yet")
    expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }])
    await db.close()
    await expect(db.all(sql`select 1`)).rejects.toMatchObject({ code: "unavailable" })
    await expect(db.snapshot()).rejects.toMatchObject({ code: "unavailable" })
  })
})

describe("migrations", () => {
  it("lead to the tables that the schema describes", async () => {
    const [migrated, described] = [open(newFile()), open(newFile())]
    await migrateWith(migrated)
    for (const statement of sqlFor("sqlite")) await described.run(raw(statement))
    const shape = async (db: Database) => {
      const rows = await db.all<{ name: string }>(
        sql`select name, sql from sqlite_schema where name not like 'sqlite_%' order by name`,
      )
      return rows.filter((row) => row.name !== "stackdock_migrations")
    }
    expect(await shape(migrated)).toEqual(await shape(described))
    await Promise.all([migrated.close(), described.close()])
  })

  it("run only once, by however many at once", async () => {
    const path = newFile()
    const all = Array.from({ length: 6 }, () => open(path))
    await Promise.all(all.map((db) => migrateWith(db)))
    const [first] = all
    const applied = await first?.all(sql`select version from stackdock_migrations`)
    expect(applied).toEqual(migrations.map((_, index) => ({ version: index + 1 })))
    await Promise.all(all.map((db) => db.close()))
  })

  it("add to what is there", async () => {
    const db = open(newFile())
    await migrateWith(db)
    const more = { name: "more", statements: ["alter table servers add column colour text"] }
    await migrateWith(db, [...migrations, more])
    await migrateWith(db, [...migrations, more])
    expect(await db.all(sql`select colour from servers`)).toEqual([])
    await db.close()
  })

  it("leave nothing half done", async () => {
    const db = open(newFile())
    const broken = { name: "broken", statements: ["create table half (id text)", "create nonsense"] }
    await expect(migrateWith(db, [...migrations, broken])).rejects.toMatchObject({ code: "unavailable" })
    expect(await db.all(sql`select name from sqlite_schema`)).toEqual([])
    await migrateWith(db)
    await db.close()
  })

  it("refuse a database that a newer version has made", async () => {
    const db = open(newFile())
    await migrateWith(db, [...migrations, { name: "newer", statements: [] }])
    await expect(migrateWith(db)).rejects.toMatchObject({ name: "StoreError", code: "newer_schema" })
    await db.close()
  })

  it("refuse a database that an edited migration has made", async () => {
    const db = open(newFile())
    await migrateWith(db, [{ name: "initial", statements: ["create table other (id text)"] }])
    await expect(migrateWith(db)).rejects.toMatchObject({ message: expect.stringContaining("Migration 1") })
    await db.close()
  })
})
