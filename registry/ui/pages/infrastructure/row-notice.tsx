import { Archive, Wrench } from "lucide-react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import type { ListedResource, ResourceHistory } from "../../../engine/reading.ts"
import { StateBadge } from "../../badges/status-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { Time } from "../../format/time.tsx"

interface RowNoticeProps {
  row: ListedResource
  provisionings: ResourceHistory["provisionings"]
}

/** What has to be known before anything else: that it is gone, or that it is just being made or removed. */
export function RowNotice({ row, provisionings }: RowNoticeProps) {
  if (row.deletedAt) {
    return (
      <Alert role="note">
        <Archive aria-hidden />
        <AlertTitle>
          Gone at the provider since <Time at={row.deletedAt} />
        </AlertTitle>
        <AlertDescription>
          {row.provisioningState === "deprovisioned"
            ? "It was removed with StackDock. What was known of it is kept."
            : "A complete listing no longer had it. What was known of it is kept, as it was last told."}
        </AlertDescription>
      </Alert>
    )
  }
  const underWay = provisionings.find(({ finishedAt, state }) => finishedAt === null || state === "failed")
  if (!underWay || row.provisioningState === "provisioned") return null
  return (
    <Alert role="note">
      <Wrench aria-hidden />
      <AlertTitle>
        <StateBadge state={underWay.state} />
      </AlertTitle>
      <AlertDescription>
        <p>{underWay.error?.message ?? "It is not finished."}</p>
        <PlaceLink to={{ page: "provisioning", id: underWay.id }} className="underline underline-offset-4">
          See how it goes
        </PlaceLink>
      </AlertDescription>
    </Alert>
  )
}
