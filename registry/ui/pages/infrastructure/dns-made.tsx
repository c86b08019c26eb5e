import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useEffectEvent } from "react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import { readKey, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { told } from "../../feedback/toast.ts"

/** A record that was asked for here. */
export interface Making {
  /** Of its provisioning. */
  id: string
  /** It is no longer shown early. */
  takeBack(): void
}

interface MadeRecordsProps {
  made: readonly Making[]
  onOver(making: Making, isMade: boolean): void
}

/** How the records are doing that are being made. One that is there is only a record. */
export function MadeRecords({ made, onOver }: MadeRecordsProps) {
  return made.map((making) => (
    <Made key={making.id} id={making.id} onOver={(isMade) => onOver(making, isMade)} />
  ))
}

function Made({ id, onOver }: { id: string; onOver(isMade: boolean): void }) {
  const { data } = useRead("provisioning", { id })
  const client = useQueryClient()
  const state = data?.state
  const isOver = state !== undefined && state !== "provisioning"
  const finish = useEffectEvent(async () => {
    const isMade = state === "provisioned"
    // The record has to be here before what was shown early goes.
    await client.invalidateQueries({ queryKey: readKey("resources") })
    if (isMade) told.done("The record is there.")
    onOver(isMade)
  })
  useEffect(() => {
    if (isOver) void finish()
  }, [isOver])
  if (!data || (state !== "failed" && !data.needsDecision)) return null
  return (
    <Alert>
      <AlertTitle>The record could not be made</AlertTitle>
      <AlertDescription>
        {data.error && <p>{data.error.message}</p>}
        <PlaceLink to={{ page: "provisioning", id }} className="underline underline-offset-4">
          See what happened
        </PlaceLink>
      </AlertDescription>
    </Alert>
  )
}
