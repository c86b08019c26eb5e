import { execFile } from "node:child_process"
import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { expect, it } from "vitest"
import type { Database } from "./database.ts"
import { embeddedDatabase } from "./node/embedded.ts"
import { sql } from "./sql.ts"
import { temporaryFiles } from "./temporary.fixture.ts"

const { newFile } = temporaryFiles()
const program = fileURLToPath(new URL("other-process.fixture.ts", import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

const words = (database: Database) =>
  database.all<{ word: string }>(sql`select word from words`).then((rows) => rows.map(({ word }) => word))

it("loses nothing that is written after another process has closed the file", async () => {
  const path = newFile()
  const database = embeddedDatabase(path)
  await database.run(sql`create table words (word text)`)
  await database.run(sql`insert into words values (${"before"})`)
  // A second connection, as every reading through a long list opens one.
  const snapshot = await database.snapshot()
  await snapshot.end()

  await promisify(execFile)(process.execPath, ["--import", loader, program, path])
  await database.run(sql`insert into words values (${"after"})`)

  const anew = embeddedDatabase(path)
  expect(await words(anew)).toEqual(["before", "theirs", "after"])
  expect(await words(database)).toEqual(["before", "theirs", "after"])
  await Promise.all([anew.close(), database.close()])
})
