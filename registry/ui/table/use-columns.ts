import { useMemo } from "react"
import type { ListedResource } from "../../engine/reading.ts"
import type { ColumnChoice } from "./column-menu.tsx"
import { idOf, lookOf, type TableColumn, titleOf, valueIn } from "./columns.ts"
import type { ExportColumn } from "./csv.ts"
import { useStored } from "./use-stored.ts"
import { wordsIn } from "./views.ts"

/** Which columns of a table are shown, as this browser keeps it, and `also` one that what is shown asks for. */
export function useColumns(table: string, columns: TableColumn<ListedResource>[], also?: string) {
  const [chosen, choose] = useStored(`columns:${table}`, wordsIn)
  return useMemo(() => {
    const isShown = (column: TableColumn<ListedResource>) =>
      column.enableHiding === false ||
      idOf(column) === also ||
      (chosen ? chosen.includes(idOf(column)) : !lookOf(column).isHidden)
    const choices: ColumnChoice[] = columns
      .filter(({ enableHiding }) => enableHiding !== false)
      .map((column) => ({ id: idOf(column), title: titleOf(column), isShown: isShown(column) }))
    const exported: ExportColumn<ListedResource>[] = columns
      .filter((column) => "accessorFn" in column || "accessorKey" in column)
      .filter((column) => isShown(column) || idOf(column) === "provider")
      .map((column) => ({ title: titleOf(column), value: (row) => valueIn(column, row) }))
    const visibility = Object.fromEntries(columns.map((column) => [idOf(column), isShown(column)]))
    return { chosen, choose, choices, exported, visibility }
  }, [columns, chosen, choose, also])
}
