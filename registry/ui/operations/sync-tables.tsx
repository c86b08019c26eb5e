import { CheckIcon, CircleDashedIcon } from "lucide-react"
import { Progress } from "@/components/ui/progress"
import { Spinner } from "@/components/ui/spinner"
import type { ResourceTableName } from "../../schema/index.ts"
import { formatCount } from "../format/numbers.ts"
import { tableTitle } from "../format/words.ts"
import type { SyncProgress, TableProgress } from "./sync-progress.ts"

interface SyncTablesProps {
  progress: SyncProgress
  /** Those that are yet to come are shown, too. */
  planned?: readonly ResourceTableName[] | undefined
}

/** A sync under way, table by table. */
export function SyncTables({ progress, planned = [] }: SyncTablesProps) {
  const tables = [...new Set([...progress.tables.keys(), ...planned])]
  if (tables.length === 0) return <p className="text-muted-foreground text-sm">Asking the provider…</p>
  return (
    <ul className="flex flex-col gap-1.5 text-sm" aria-label="What is being read">
      {tables.map((table) => (
        <Line key={table} table={table} of={progress.tables.get(table)} isRunning={progress.isRunning} />
      ))}
    </ul>
  )
}

interface LineProps {
  table: ResourceTableName
  of: TableProgress | undefined
  isRunning: boolean
}

function Line({ table, of, isRunning }: LineProps) {
  const isUnderWay = isRunning && of?.isUnderWay === true
  return (
    <li className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        {isUnderWay ? (
          <Spinner aria-hidden className="size-3.5 text-muted-foreground" />
        ) : of ? (
          <CheckIcon aria-hidden className="size-3.5 text-muted-foreground" />
        ) : (
          <CircleDashedIcon aria-hidden className="size-3.5 text-muted-foreground" />
        )}
        <span className={of ? undefined : "text-muted-foreground"}>{tableTitle(table)}</span>
        <span className="ml-auto text-muted-foreground tabular-nums">{countWords(of, isRunning)}</span>
      </div>
      {isUnderWay && of.total !== undefined && of.total > 0 && (
        <Progress value={(100 * of.fetched) / of.total} aria-label={`${tableTitle(table)} read so far`} />
      )}
    </li>
  )
}

function countWords(of: TableProgress | undefined, isRunning: boolean): string {
  if (!of) return isRunning ? "to come" : "not read"
  const isPart = of.isUnderWay && of.total !== undefined && of.total > of.fetched
  return isPart ? `${formatCount(of.fetched)} of ${formatCount(of.total ?? 0)}` : formatCount(of.fetched)
}
