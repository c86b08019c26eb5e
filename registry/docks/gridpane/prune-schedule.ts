import { z } from "zod"
import { GridPaneRetention } from "./types.ts"

/**
 * The answer of `/backups/prune-schedule/{site}` is documented nowhere. Two forms are understood, bare or under `data`,
 * `prune_schedule` or `prune_schedules`: the fields that a site has in `site_customizer`, and a list of what the API
 * takes to change them (`{ backup_type, retain_days, prune_schedule }`).
 */
export function readPruneSchedule(body: unknown): GridPaneRetention | undefined {
  const { data: wrapped } = Wrapped.safeParse(body)
  const candidates = [body, wrapped?.data, wrapped?.prune_schedule, wrapped?.prune_schedules]
  for (const candidate of candidates) {
    const told = fromFields(candidate) ?? fromList(candidate)
    if (told !== undefined) return told
  }
  return undefined
}

const Wrapped = z.looseObject({
  data: z.unknown().optional(),
  prune_schedule: z.unknown().optional(),
  prune_schedules: z.unknown().optional(),
})

function fromFields(value: unknown): GridPaneRetention | undefined {
  const { data } = GridPaneRetention.safeParse(value)
  return data && Object.keys(GridPaneRetention.shape).some((key) => data[key] != null) ? data : undefined
}

const { local_retain_days: days, local_prune_schedule: rule } = GridPaneRetention.shape
const Entries = z
  .array(z.looseObject({ backup_type: z.enum(["local", "remote"]), retain_days: days, prune_schedule: rule }))
  .min(1)

function fromList(value: unknown): GridPaneRetention | undefined {
  const { data: entries } = Entries.safeParse(value)
  const local = entries?.find((entry) => entry.backup_type === "local")
  const remote = entries?.find((entry) => entry.backup_type === "remote")
  return (
    entries && {
      local_retain_days: local?.retain_days,
      local_prune_schedule: local?.prune_schedule,
      remote_retain_days: remote?.retain_days,
      remote_prune_schedule: remote?.prune_schedule,
    }
  )
}
