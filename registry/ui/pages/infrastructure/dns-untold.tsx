import { RefreshCw } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { useData, useMay } from "../../data/hooks.tsx"
import { told } from "../../feedback/toast.ts"
import type { Zone } from "./dns-records.ts"

/** Some providers take a change and do not say what they made of it: only another sync tells. */
export function UntoldChanges({ count, zone }: { count: number; zone: Zone }) {
  const { act } = useData()
  const maySync = useMay("operations", "full")
  const [isBegun, setBegun] = useState(false)

  async function sync() {
    setBegun(true)
    try {
      await act.sync({ docks: [zone.dockId] })
    } catch (error) {
      told.failed(error, "Could not sync the account")
      setBegun(false)
    }
  }

  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-lg border px-3 py-2 text-sm">
      <span className="min-w-0 flex-1">
        {count === 1 ? "One change is" : `${count} changes are`} shown as asked for. A sync tells what the
        provider made of {count === 1 ? "it" : "them"}.
      </span>
      {maySync && (
        <Button variant="outline" size="sm" disabled={isBegun} onClick={() => void sync()}>
          <RefreshCw aria-hidden />
          {isBegun ? "Syncing" : "Sync now"}
        </Button>
      )}
    </div>
  )
}
