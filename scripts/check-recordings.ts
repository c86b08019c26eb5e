import { readdirSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { loadRecordings, loadRows } from "../registry/contract/node/load.ts"
import { scan } from "../registry/contract/scan.ts"

/** What no recording and no expected row of any dock may hold; one line each. */
export function checkRecordings(docks: string): string[] {
  const folders = readdirSync(docks, { recursive: true, encoding: "utf8" })
    .filter((path) => path.split(/[\\/]/).at(-1) === "recordings")
    .map((path) => join(docks, path))
  if (folders.length === 0) return [`${docks}: no recordings were found`]
  return folders.flatMap((folder) => {
    try {
      const recordings = loadRecordings(folder).map((recorded) => ({ name: recorded.file, held: recorded }))
      const rows = Object.entries(loadRows(folder)).map(([table, held]) => ({
        name: `${table}.rows.json`,
        held,
      }))
      return [...recordings, ...rows].flatMap(({ name, held }) =>
        scan(held).map(({ path, what }) => `${join(folder, name)}: ${path}: ${what}`),
      )
    } catch (error) {
      return [`${folder}: ${error instanceof Error ? error.message : String(error)}`]
    }
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = checkRecordings(join(import.meta.dirname, "../registry/docks"))
  for (const line of found) console.error(line)
  console.error(
    found.length === 0 ? "Recordings hold nobody's secret, machine or address." : `${found.length} found.`,
  )
  process.exitCode = found.length === 0 ? 0 : 1
}
