import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useEffectEvent } from "react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import { readKey, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { told } from "../../feedback/toast.ts"

interface MadeRecordsProps {
  /** Provisionings of records that were asked for here. */
  ids: readonly string[]
  onDone(id: string): void
}

/** How the records are doing that are being made. One that is there is only a record. */
export function MadeRecords({ ids, onDone }: MadeRecordsProps) {
  return ids.map((id) => <Made key={id} id={id} onDone={() => onDone(id)} />)
}

function Made({ id, onDone }: { id: string; onDone(): void }) {
  const { data } = useRead("provisioning", { id })
  const client = useQueryClient()
  const state = data?.state
  const finish = useEffectEvent(() => {
    // What was shown early is replaced by what is true: the record, or nothing.
    void client.invalidateQueries({ queryKey: readKey("resources") })
    if (state !== "provisioned") return
    told.done("The record is there.")
    onDone()
  })
  const isOver = state !== undefined && state !== "provisioning"
  useEffect(() => {
    if (isOver) finish()
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
