import { useQueries } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { CommandGroup, CommandItem } from "@/components/ui/command"
import type { ListedResource } from "../../engine/reading.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { ProviderMark } from "../badges/provider-mark.tsx"
import { TableIcon } from "../badges/table-icon.tsx"
import { readOptions, useData, useRead } from "../data/hooks.tsx"
import { tableNames, tableWord } from "../format/words.ts"
import { rowValue } from "./palette-score.ts"

/** Of each table: whoever wants more of them opens the table. */
const PER_TABLE = 4
const PAUSE_MS = 120
/** One letter is in nearly every name. */
const SHORTEST = 2

interface Found {
  table: ResourceTableName
  row: ListedResource
}

/** Rows of every table that have all the words in them. */
export function FoundRows({ text, onChoose }: { text: string; onChoose: (id: string) => void }) {
  const found = useFound(text.trim())
  if (found.length === 0) return null
  return (
    <CommandGroup heading="Infrastructure">
      {found.map(({ table, row }) => (
        <CommandItem key={row.id} value={rowValue(row.id)} onSelect={() => onChoose(row.id)}>
          <TableIcon table={table} />
          <span className="truncate">{row.name}</span>
          <span className="text-muted-foreground">{tableWord(table, "one")}</span>
          <span className="ml-auto">
            <ProviderMark provider={row.provider} />
          </span>
        </CommandItem>
      ))}
    </CommandGroup>
  )
}

function useFound(text: string): Found[] {
  const port = useData()
  const counts = useRead("counts", {}).data ?? []
  const words = useLater(text)
  const isAsked = words.length >= SHORTEST && text.length >= SHORTEST
  const hasRows = new Set(counts.flatMap(({ table, total }) => (total > 0 ? [table] : [])))
  const tables = isAsked ? tableNames.filter((table) => hasRows.has(table)) : []
  return useQueries({
    queries: tables.map((table) => ({
      ...readOptions(port, "resources", { table, filter: { text: words }, limit: PER_TABLE }),
      // What was found in passing is not worth keeping.
      gcTime: 30_000,
    })),
    combine: (answers) => {
      const found = answers.flatMap(({ data }, index) => {
        const table = tables[index]
        return table && data ? data.rows.map((row): Found => ({ table, row })) : []
      })
      const isNamed = ({ row }: Found) => row.name.toLowerCase().includes(words.toLowerCase())
      return [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))]
    },
  })
}

/** A text once it has stayed the same for a moment. */
function useLater(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
