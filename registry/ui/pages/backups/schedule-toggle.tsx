import { useQueryClient } from "@tanstack/react-query"
import { Switch } from "@/components/ui/switch"
import { useAct } from "../../data/hooks.tsx"
import { useConfirm } from "../../feedback/confirm.tsx"
import { told } from "../../feedback/toast.ts"
import { showRow } from "../../operations/show-row.ts"
import type { Schedule } from "./backup-links.ts"
import { useAccount } from "./row-link.tsx"
import type { ScheduleSwitch } from "./schedule-switch.ts"

interface ScheduleToggleProps {
  schedule: Schedule
  /** Of what is backed up. */
  name: string
  by: ScheduleSwitch
}

/** Switches a schedule on and off. */
export function ScheduleToggle({ schedule, name, by }: ScheduleToggleProps) {
  const client = useQueryClient()
  const confirm = useConfirm()
  const act = useAct("act")
  const account = useAccount(schedule)
  const what = `${schedule.storage ?? ""} backups of ${name}${account ? ` in ${account}` : ""}`.trim()

  async function change(isOn: boolean) {
    // What can be lost is only lost by switching off.
    if (by.action.isDisruptive && !isOn) {
      const isSure = await confirm({
        title: `Switch off the ${what}?`,
        description: "No more are made until it is switched on again.",
        confirmLabel: "Switch off",
        isDestructive: true,
      })
      if (!isSure) return
    }
    const takeBack = showRow(client, schedule.id, { status: isOn ? "enabled" : "disabled" })
    try {
      const { message } = await act.mutateAsync({
        resourceId: by.resourceId,
        action: by.action.name,
        input: by.inputFor(isOn),
      })
      told.done(message)
    } catch (error) {
      takeBack()
      told.failed(error, `Could not switch the ${what} ${isOn ? "on" : "off"}`)
    }
  }

  return (
    <Switch
      aria-label={`Make ${what}`}
      checked={schedule.status === "enabled"}
      disabled={act.isPending}
      onCheckedChange={(isOn) => void change(isOn)}
    />
  )
}
