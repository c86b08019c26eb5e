import { Ellipsis } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import type { Operation } from "../../../engine/provision-report.ts"
import type { ListedResource } from "../../../engine/reading.ts"
import { useRead } from "../../data/hooks.tsx"
import { OperationDialog } from "../../operations/operation-dialog.tsx"
import type { Deployment } from "./days.ts"
import { aboutDeployments, deploymentInput } from "./service-actions.ts"
import type { Service } from "./use-services.ts"

interface DeploymentActionsProps {
  deployment: Deployment
  service: Service | undefined
}

/** An action, and the row that it is done to: the deployment, or the service that it is of. */
interface Offer {
  row: ListedResource
  action: Operation
  initial?: Record<string, string>
}

/** What can be done about a deployment: also to its service, which is what is deployed again or rolled back. */
export function DeploymentActions({ deployment, service }: DeploymentActionsProps) {
  const [isWanted, setWanted] = useState(false)
  const [chosen, setChosen] = useState<Offer>()
  const trigger = useRef<HTMLButtonElement>(null)
  const own = useRead("resource", { id: deployment.id }, { enabled: isWanted })
  const ofService = useRead(
    "resource",
    { id: service?.id ?? "" },
    { enabled: isWanted && service !== undefined },
  )
  const isKnown = own.data !== undefined && (!service || ofService.data !== undefined)
  const offers: Offer[] = [
    ...(own.data?.actions ?? []).map((action) => ({ row: deployment, action })),
    ...(service ? aboutDeployments(ofService.data?.actions ?? []) : []).map((action) => ({
      row: service ?? deployment,
      action,
      initial: deploymentInput(action, deployment),
    })),
  ]
  const problem = (own.error ?? ofService.error)?.message
  return (
    <>
      <DropdownMenu onOpenChange={(isOpen) => isOpen && setWanted(true)}>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`Actions of ${deployment.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-w-80">
          {problem || !isKnown || offers.length === 0 ? (
            <DropdownMenuLabel className="font-normal text-muted-foreground">
              {problem ?? (isKnown ? "Nothing can be done to it from here." : "Looking what can be done…")}
            </DropdownMenuLabel>
          ) : (
            <Offers offers={offers} deployment={deployment} onChoose={setChosen} />
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {chosen && (
        <OperationDialog
          row={chosen.row}
          action={chosen.action}
          {...(Object.keys(chosen.initial ?? {}).length > 0 ? { initial: chosen.initial } : {})}
          onClose={() => setChosen(undefined)}
          opener={trigger}
        />
      )}
    </>
  )
}

interface OffersProps {
  offers: Offer[]
  deployment: Deployment
  onChoose(offer: Offer): void
}

function Offers({ offers, deployment, onChoose }: OffersProps) {
  const own = offers.filter(({ row }) => row.id === deployment.id)
  const ofService = offers.filter(({ row }) => row.id !== deployment.id)
  const item = (offer: Offer) => (
    <DropdownMenuItem key={offer.action.name} onSelect={() => onChoose(offer)}>
      {offer.action.title}…
    </DropdownMenuItem>
  )
  return (
    <>
      {own.length > 0 && <DropdownMenuLabel>This deployment</DropdownMenuLabel>}
      {own.map(item)}
      {own.length > 0 && ofService.length > 0 && <DropdownMenuSeparator />}
      {ofService[0] && <DropdownMenuLabel>{ofService[0].row.name}</DropdownMenuLabel>}
      {ofService.map(item)}
    </>
  )
}
