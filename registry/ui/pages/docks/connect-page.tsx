import { useState } from "react"
import type { ConnectedDock } from "../../../engine/stackdock.ts"
import { useMay, useRead } from "../../data/hooks.tsx"
import { useNavigation } from "../../data/navigation.tsx"
import { Page } from "../../page/page.tsx"
import { NoPermission } from "../../states/error.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { CardsSkeleton } from "../../states/skeletons.tsx"
import { ConnectForm } from "./connect-form.tsx"
import { FirstSync } from "./first-sync.tsx"
import { ProviderChoice } from "./provider-choice.tsx"

/** Connects an account: which provider, its credential, and the first sync. The address holds no more than the provider. */
export function ConnectPage() {
  const { search } = useNavigation()
  const providers = useRead("providers", {})
  const mayConnect = useMay("docks", "full")
  const [connected, setConnected] = useState<ConnectedDock>()
  const chosen = providers.data?.find(({ provider }) => provider === search["provider"])

  return (
    <Page
      title={chosen ? `Connect ${chosen.title}` : "Connect a provider"}
      description={
        chosen
          ? undefined
          : "What it has comes here with a sync. Nothing is changed there unless you ask for it."
      }
      back={chosen && !connected ? { to: { page: "connect" }, label: "All providers" } : backToDocks}
    >
      {mayConnect === false ? (
        <NoPermission what="how accounts are connected" />
      ) : (
        <Loaded query={providers} what="the providers" skeleton={<CardsSkeleton count={4} />}>
          {(all) =>
            connected && chosen ? (
              <FirstSync dock={connected} provider={chosen} />
            ) : chosen ? (
              // Another provider is another form: nothing typed for one is sent to the other.
              <ConnectForm key={chosen.provider} provider={chosen} onConnected={setConnected} />
            ) : (
              <ProviderChoice providers={all} />
            )
          }
        </Loaded>
      )}
    </Page>
  )
}

const backToDocks = { to: { page: "docks" }, label: "Docks" } as const
