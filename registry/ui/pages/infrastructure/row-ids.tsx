import type { ResourceView } from "../../../engine/reading.ts"
import { CopyButton } from "../../feedback/copy-button.tsx"
import { Time } from "../../format/time.tsx"
import { Section } from "../../page/page.tsx"
import { DockName } from "./dock-name.tsx"

/** Where the row comes from, what it is called by programs, and when it was seen. */
export function RowIds({ view: { row } }: { view: ResourceView }) {
  return (
    <Section title="Row">
      <dl className="grid gap-3 text-sm">
        <Fact title="Account">
          <DockName id={row.dockId} provider={row.provider} />
        </Fact>
        <Fact title="Came to be">
          {row.provisioningSource === "api" ? "Made with StackDock" : "Found at the provider"}
        </Fact>
        <Fact title="First seen">
          <Time at={row.createdAt} />
        </Fact>
        <Fact title="Last changed">
          <Time at={row.updatedAt} />
        </Fact>
        <Fact title="Last seen">
          <Time at={row.lastSeenAt} />
        </Fact>
        <Id title="Id" value={row.id} />
        <Id title="Id at the provider" value={row.providerResourceId} />
        {row.scope && <Id title="Listed under" value={row.scope} />}
      </dl>
    </Section>
  )
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-xs text-muted-foreground">{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Id({ title, value }: { title: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted-foreground">{title}</dt>
      <dd className="flex items-start justify-between gap-2">
        <code className="min-w-0 py-1 text-xs break-all">{value}</code>
        <CopyButton value={value} label={`Copy: ${title}`} />
      </dd>
    </div>
  )
}
