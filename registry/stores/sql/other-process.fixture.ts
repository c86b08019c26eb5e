/** Another process with the same database: it writes a row and closes the file. Argument: the file. */
import { embeddedDatabase } from "./node/embedded.ts"
import { sql } from "./sql.ts"

const [path = ""] = process.argv.slice(2)
const database = embeddedDatabase(path)
await database.run(sql`insert into words values (${"theirs"})`)
await database.close()
