import { DownloadIcon, XIcon } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { useData } from "../../data/hooks.tsx"
import { told } from "../../feedback/toast.ts"
import { formatCount } from "../../format/numbers.ts"
import { saveFile } from "../../table/save-file.ts"
import type { AuditFilter } from "./activity-filter.ts"
import { logFile, readLog } from "./export.ts"

/** The log as a file, as far as the filter lets it through. A long one is read for a while, and can be given up. */
export function ExportLog({ filter }: { filter: AuditFilter }) {
  const { read } = useData()
  const [count, setCount] = useState<number>()
  const underWay = useRef<AbortController>(undefined)
  useEffect(() => () => underWay.current?.abort(), [])

  async function save(format: "csv" | "json") {
    const controller = new AbortController()
    underWay.current = controller
    setCount(0)
    try {
      const entries = await readLog(read.audit, filter, { signal: controller.signal, onProgress: setCount })
      saveFile(`activity.${format}`, logFile(format, entries))
      told.done(`Exported ${formatCount(entries.length)} entries.`)
    } catch (error) {
      if (!controller.signal.aborted) told.failed(error, "Could not export the log")
    } finally {
      setCount(undefined)
    }
  }

  if (count !== undefined) {
    return (
      <Button variant="outline" size="sm" onClick={() => underWay.current?.abort()}>
        <XIcon aria-hidden />
        <span className="tabular-nums">Cancel export ({formatCount(count)})</span>
      </Button>
    )
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm">
          <DownloadIcon aria-hidden />
          Export
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => void save("csv")}>CSV</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void save("json")}>JSON</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
