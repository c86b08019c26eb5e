import type { Output } from "../framework/output.ts"
import { count } from "../runtime/format.ts"

export interface Shown {
  project: string
  url: string
  accounts: number
  rows: number
  /** Whether keys are listened to. */
  hasKeys: boolean
  isOpened: boolean
}

/** What stands in the terminal as long as the studio runs. */
export function showStudio(out: Output, { project, url, accounts, rows, hasKeys, isOpened }: Shown): void {
  const { bold, dim, cyan } = out.style
  const key = (name: string, does: string) => `${bold(name)} ${dim(does)}`
  const state = accounts === 0 ? "no account yet" : `${plural(accounts, "account")}, ${plural(rows, "row")}`
  out.print()
  out.print(`  ${bold("StackDock Studio")}  ${dim(`${project}: ${state}`)}`)
  out.print()
  out.print(`  ${cyan(url)}`)
  out.print()
  out.print(
    `  ${dim(isOpened ? "It opens in your browser now." : "Open it in your browser.")} ${dim("The link works once, for five minutes.")}`,
  )
  out.print(
    hasKeys
      ? `  ${key("o", isOpened ? "open it again" : "new link")}   ${key("q", "quit")}`
      : `  ${dim("Ctrl+C ends it.")}`,
  )
  out.print()
}

function plural(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? "" : "s"}`
}
