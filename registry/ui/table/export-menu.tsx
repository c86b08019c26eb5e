import { Download, X } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import type { ListedResource } from "../../engine/reading.ts"
import { useData } from "../data/hooks.tsx"
import { told } from "../feedback/toast.ts"
import { formatCount } from "../format/numbers.ts"
import type { ExportColumn } from "./csv.ts"
import { type ExportProgress, fileOf, readAll } from "./export.ts"
import { saveFile } from "./save-file.ts"
import type { RowsRequest } from "./use-rows.ts"

interface ExportMenuProps {
  request: RowsRequest
  columns: ExportColumn<ListedResource>[]
}

/** Everything that the filter lets through, as a file. A large one is read for a while, and can be given up. */
export function ExportMenu({ request, columns }: ExportMenuProps) {
  const { read } = useData()
  const [progress, setProgress] = useState<ExportProgress | null>(null)
  const underWay = useRef<AbortController>(undefined)
  useEffect(() => () => underWay.current?.abort(), [])

  const begin = async (format: "csv" | "json") => {
    const controller = new AbortController()
    underWay.current = controller
    setProgress({ done: 0, total: 0 })
    try {
      const rows = await readAll(read.resources, request, {
        signal: controller.signal,
        onProgress: setProgress,
      })
      saveFile(`${request.table}.${format}`, fileOf(format, rows, columns))
      told.done(`Exported ${formatCount(rows.length)} rows.`)
    } catch (error) {
      if (!controller.signal.aborted) told.failed(error, "Could not export the rows.")
    } finally {
      setProgress(null)
    }
  }

  if (progress) {
    return (
      <Button variant="outline" size="sm" onClick={() => underWay.current?.abort()}>
        <X aria-hidden />
        <span className="tabular-nums">
          Cancel export ({formatCount(progress.done)} of {formatCount(progress.total)})
        </span>
      </Button>
    )
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm">
          <Download aria-hidden />
          <span className="max-sm:sr-only">Export</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => void begin("csv")}>CSV, the columns shown</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void begin("json")}>JSON, all fields</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
