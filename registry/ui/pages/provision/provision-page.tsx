import { BoxesIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink, useNavigation } from "../../data/navigation.tsx"
import { Page, Section } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { NoPermission } from "../../states/error.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { CardsSkeleton } from "../../states/skeletons.tsx"
import { KindChoice } from "./kind-choice.tsx"
import { askedFor, makeableByTable, onlyOne } from "./makeable.ts"
import { ProvisionForm } from "./provision-form.tsx"
import { RecentProvisionings } from "./recent-provisionings.tsx"

/** Makes something at a provider: what, where, with what input. What was made lately stands below. */
export function ProvisionPage() {
  const { search } = useNavigation()
  const providers = useRead("providers", {})
  const docks = useRead("docks", {})
  const mayMake = useMay("provisioning", "full")
  const makeable = makeableByTable(providers.data ?? [], docks.data ?? [])
  const asked = { kind: search["kind"], dock: search["dock"] }
  const chosen = onlyOne(makeable, asked)
  const offered = askedFor(makeable, asked)
  const isNarrowed = offered.size > 0 && (asked.kind !== undefined || asked.dock !== undefined)

  if (chosen && mayMake !== false) {
    const { of, dock } = chosen
    return (
      <Page
        title={`New: ${of.kind.title}`}
        description={`At ${of.provider.title}, in ${dock.name}.`}
        back={everything}
      >
        <ProvisionForm key={`${dock.id} ${of.kind.name}`} {...chosen} from={search["from"]} />
      </Page>
    )
  }
  return (
    <Page
      title="Provision"
      description="Make something new at a provider. What would be sent can be seen first."
      back={isNarrowed ? everything : undefined}
    >
      {mayMake === false ? (
        <NoPermission what="what can be made" />
      ) : (
        <Loaded query={providers} what="what can be made" skeleton={<CardsSkeleton count={6} />}>
          {() => (
            <Loaded query={docks} what="the docks" skeleton={<CardsSkeleton count={6} />}>
              {() =>
                makeable.size === 0 ? (
                  <NothingToMake />
                ) : (
                  <KindChoice makeable={isNarrowed ? offered : makeable} />
                )
              }
            </Loaded>
          )}
        </Loaded>
      )}
      <Section title="Lately">
        <RecentProvisionings />
      </Section>
    </Page>
  )
}

const everything = { to: { page: "provision" }, label: "Everything that can be made" } as const

function NothingToMake() {
  return (
    <EmptyState
      icon={BoxesIcon}
      title="Nothing can be made yet"
      description="No connected account is of a provider at which something can be made."
      action={
        <Button asChild>
          <PlaceLink to={{ page: "connect" }}>Connect a provider</PlaceLink>
        </Button>
      }
    />
  )
}
