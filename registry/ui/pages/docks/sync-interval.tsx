import { useQueryClient } from "@tanstack/react-query"
import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select"
import type { DockStatus } from "../../../engine/reading.ts"
import { readKey, useAct } from "../../data/hooks.tsx"
import { told } from "../../feedback/toast.ts"
import { intervalChoices } from "./intervals.ts"

/** How often a dock is synced by the clock. A choice shows at once, and goes back when it could not be made. */
export function SyncInterval({ dock, isFixed }: { dock: DockStatus; isFixed: boolean }) {
  const client = useQueryClient()
  const change = useAct("setSyncInterval")
  // Where something syncs it although no interval is set, there is one for all.
  const none = dock.syncIntervalMinutes === null && dock.nextSyncAt !== null ? "As usual" : "Off"
  const choices = intervalChoices(dock.syncIntervalMinutes, none)
  if (isFixed) {
    return <span>{choices.find(({ minutes }) => minutes === dock.syncIntervalMinutes)?.label}</span>
  }

  function show(syncIntervalMinutes: number | null) {
    client.setQueryData<DockStatus[]>(readKey("docks", {}), (docks) =>
      docks?.map((one) => (one.id === dock.id ? { ...one, syncIntervalMinutes } : one)),
    )
  }

  function choose(minutes: number | null) {
    show(minutes)
    change.mutate(
      { dock: dock.id, minutes },
      {
        onError: (error) => {
          show(dock.syncIntervalMinutes)
          told.failed(error, `Could not change how often ${dock.name} is synced`)
        },
      },
    )
  }

  return (
    <NativeSelect
      size="sm"
      aria-label={`How often ${dock.name} is synced`}
      value={dock.syncIntervalMinutes ?? ""}
      onChange={({ target }) => choose(target.value === "" ? null : Number(target.value))}
    >
      {choices.map(({ minutes, label }) => (
        <NativeSelectOption key={label} value={minutes ?? ""}>
          {label}
        </NativeSelectOption>
      ))}
    </NativeSelect>
  )
}
