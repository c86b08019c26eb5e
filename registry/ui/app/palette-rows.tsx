import { useQueries } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { CommandGroup, CommandItem } from "@/components/ui/command"
import type { ListedResource } from "../../engine/reading.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { ProviderMark } from "../badges/provider-mark.tsx"
import { TableIcon } from "../badges/table-icon.tsx"
import { readOptions, useData, useRead } from "../data/hooks.tsx"
import { tableWord } from "../format/words.ts"

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
        <CommandItem
          key={row.id}
          value={row.id}
          // They are there because the words are in the row, perhaps in its address: not only in its name.
          keywords={[text, row.name]}
          onSelect={() => onChoose(row.id)}
        >
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
  const tables = isAsked ? counts.flatMap(({ table, total }) => (total > 0 ? [table] : [])) : []
  return useQueries({
    queries: tables.map((table) => ({
      ...readOptions(port, "resources", { table, filter: { text: words }, limit: PER_TABLE }),
      // What was found in passing is not worth keeping.
      gcTime: 30_000,
    })),
    combine: (answers) =>
      answers.flatMap(({ data }, index) => {
        const table = tables[index]
        return table && data ? data.rows.map((row): Found => ({ table, row })) : []
      }),
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
