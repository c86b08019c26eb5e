import { resolve } from "node:path"
import { toldColumns } from "../../../../registry/contract/compare.ts"
import { findHome } from "../dock/home.ts"
import { loadDock } from "../dock/load.ts"
import { isWhole, type Replayed, replayDock } from "../dock/replay.ts"
import { defineCommand } from "../framework/command.ts"
import type { Output } from "../framework/output.ts"
import { count, printable } from "../runtime/format.ts"
import { namesBehind } from "../runtime/row-names.ts"
import { filledColumns, printRows } from "../runtime/row-table.ts"
import { printSummary } from "../runtime/sync-summary.ts"
import { ofAccount, readPlayable } from "../traffic/recordings.ts"

export const command = defineCommand({
  name: "replay",
  usage: "<provider> [options]",
  args: { min: 1, max: 1 },
  options: {
    recordings: {
      type: "string",
      value: "<dir|file>",
      summary: "Other recordings than the dock's own, or a HAR",
    },
  },
  examples: [
    "stackdock replay gridpane",
    "stackdock replay gridpane --recordings ~/captures",
    "stackdock replay gridpane --recordings traffic.har --json",
  ],
  async run({ args: [provider = ""], flags, cwd, out }) {
    const home = findHome(cwd)
    const dock = await loadDock(home, provider)
    const shown = flags.recordings ?? `${home.root}/docks/${provider}/recordings`
    const path = flags.recordings === undefined ? resolve(home.dir, shown) : resolve(cwd, shown)
    const { recordings, unusable } = readPlayable(path, shown)
    const replayed = await replayDock(dock, ofAccount(recordings), async (stackdock, { rows, report }) => {
      if (out.isJson) return
      for (const [table, found] of rows) {
        if (found.length === 0) continue
        out.print(`\n${out.style.bold(table)} ${out.style.dim(count(found.length))}`)
        printRows(table, found, await namesBehind(stackdock, filledColumns(table, found)), out)
      }
      printSummary({ docks: [report] }, out, false)
    })
    for (const reason of unusable) out.note(`${out.noteStyle.warn} left out: ${reason}`)
    show(replayed, out)
    out.json(document(replayed, unusable))
    return isWhole(replayed) ? 0 : 1
  },
})

function show({ account, verifyError, missing, unused }: Replayed, out: Output): void {
  const { style } = out
  out.print()
  if (account)
    out.print(`${style.tick} The account is ${printable(account.name)} ${style.dim(printable(account.id))}`)
  if (verifyError)
    out.print(`${style.cross} The account could not be told: ${printable(verifyError.message)}`)
  if (missing.length > 0) {
    out.print(
      `${style.cross} ${missing.length === 1 ? "A request has" : `${count(missing.length)} requests have`} no recording`,
    )
    for (const { request, nearest } of missing) {
      out.print(`    ${printable(request)}`)
      if (nearest[0]) out.print(`      ${style.dim(`nearest: ${printable(nearest[0])}`)}`)
    }
  } else out.print(`${style.tick} Every request had a recording`)
  if (unused.length > 0) {
    out.print(
      `${style.warn} ${unused.length === 1 ? "A recording was" : `${count(unused.length)} recordings were`} asked for by nothing`,
    )
    for (const file of unused) out.print(`    ${style.dim(file)}`)
  }
}

/** The rows as `<table>.rows.json` holds them. */
function document(
  { account, verifyError, report, rows, missing, unused }: Replayed,
  unusable: readonly string[],
) {
  const told = [...rows].map(([table, found]) => [table, found.map((row) => toldColumns(table, row))])
  return { account, verifyError, report, rows: Object.fromEntries(told), missing, unused, unusable }
}
