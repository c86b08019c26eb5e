import { readFileSync } from "node:fs"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import type { Seen } from "../plan/record.ts"
import { count } from "../runtime/format.ts"
import { readHar } from "../traffic/har.ts"
import type { LoadedDock } from "./load.ts"

/** What of the file is of this dock: answers of its hosts to what only reads. */
export function capturedIn(dock: LoadedDock, path: string, shown: string, out: Output): Seen {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch {
    throw new CliError({ code: "unreadable_file", message: `${shown} cannot be read.`, exitCode: 2 })
  }
  const { exchanges, unusable } = readHar(text, shown)
  const { hosts, title } = dock.definition
  const own = exchanges.filter(({ url }) => hosts.includes(new URL(url).host))
  const reads = own.filter(({ method }) => method === "GET" || method === "HEAD")
  for (const reason of unusable) out.note(`${out.noteStyle.warn} left out: ${reason}`)
  const [others, writes] = [exchanges.length - own.length, own.length - reads.length]
  if (others > 0)
    out.note(`${out.noteStyle.warn} left out: ${count(others)} of other hosts than ${hosts.join(", ")}`)
  if (writes > 0) out.note(`${out.noteStyle.warn} left out: ${count(writes)} that change something`)
  if (reads.length === 0) {
    throw new CliError({
      code: "nothing_captured",
      message: `${shown} holds nothing that was read from ${title} (${hosts.join(", ")}).`,
      hint: "Use the provider's API while the capture runs; what its website asks of other hosts does not count.",
    })
  }
  return {
    account: reads.filter(({ status }) => status < 400),
    refusal: reads.filter(({ status }) => status >= 400 && status < 500),
    cycle: [],
    isElsewhere: false,
    secrets: [],
  }
}
