import { ExternalLink, GitBranch, GitCommitHorizontal, UserRound } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "@/components/ui/button"
import { EnvironmentBadge } from "../../badges/environment-badge.tsx"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { Duration, Time } from "../../format/time.tsx"
import { outsideLink } from "../infrastructure/outside-link.ts"
import { type Deployment, momentOf, tookMs } from "./days.ts"
import { DeploymentActions } from "./deployment-actions.tsx"
import type { Service } from "./use-services.ts"

interface DeploymentLineProps {
  deployment: Deployment
  service: Service | undefined
}

/** What was deployed where, by whom, and how it went. */
export function DeploymentLine({ deployment, service }: DeploymentLineProps) {
  const { branch, commitSha, commitMessage, creator, errorMessage } = deployment
  const took = tookMs(deployment)
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm sm:grid-cols-[8.5rem_1fr_auto]">
      <StatusBadge
        table="deployments"
        status={deployment.status}
        providerStatus={deployment.providerStatus}
        className="max-sm:order-2 max-sm:col-span-2"
      />
      <div className="min-w-0">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <PlaceLink
            to={{ page: "resource", id: deployment.id }}
            className="truncate rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
          >
            {firstLine(commitMessage) ?? deployment.name}
          </PlaceLink>
          {deployment.environment && <EnvironmentBadge environment={deployment.environment} />}
        </div>
        <div className="mt-1 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground">
          <span className="inline-flex min-w-0 items-center gap-1.5">
            <ProviderMark provider={deployment.provider} size={14} />
            {service ? (
              <PlaceLink
                to={{ page: "resource", id: service.id }}
                className="truncate rounded-sm text-foreground hover:underline focus-visible:outline-2 focus-visible:outline-ring"
              >
                {service.name}
              </PlaceLink>
            ) : (
              <span className="truncate">{deployment.webServiceProviderId ?? "Service not told"}</span>
            )}
          </span>
          {branch && <Fact icon={GitBranch}>{branch}</Fact>}
          {commitSha && (
            <Fact icon={GitCommitHorizontal}>
              <code title={commitSha}>{commitSha.slice(0, 7)}</code>
            </Fact>
          )}
          {creator && <Fact icon={UserRound}>{creator}</Fact>}
          {took !== null && (
            <span>
              took <Duration ms={took} />
            </span>
          )}
          <Time at={momentOf(deployment)} />
        </div>
        {errorMessage && <p className="mt-1 text-xs wrap-anywhere text-bad">{errorMessage}</p>}
      </div>
      <div className="flex items-center gap-1">
        <Visit address={deployment.url} name={service?.name ?? deployment.name} />
        <DeploymentActions deployment={deployment} service={service} />
      </div>
    </li>
  )
}

function firstLine(message: string | null): string | undefined {
  return message?.split("\n")[0]?.trim() || undefined
}

function Fact({ icon: Icon, children }: { icon: typeof GitBranch; children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="max-w-48 truncate">{children}</span>
    </span>
  )
}

function Visit({ address, name }: { address: string | null; name: string }) {
  const href = outsideLink(address)
  if (!href) return null
  return (
    <Button variant="ghost" size="icon-sm" asChild>
      <a href={href} target="_blank" rel="noopener noreferrer" title={href} aria-label={`Visit ${name}`}>
        <ExternalLink aria-hidden />
      </a>
    </Button>
  )
}
