import { Authenticated, AuthLoading, Unauthenticated, useConvex, useQuery } from "convex/react"
import { type ReactNode, useMemo, useState } from "react"
import { api } from "../convex/_generated/api"
import { createConvexPort } from "../convex/stackdock/bindings/convex/index"
import { Dashboard } from "../convex/stackdock/ui/app/dashboard"
import { Button } from "./components/ui/button"
import { signedIn, signIn, signOut } from "./sign-in"

export function App() {
  return (
    <>
      <AuthLoading>
        <OneMoment />
      </AuthLoading>
      <Unauthenticated>
        <Centred title="Infrastructure">
          <Button onClick={signIn}>Sign in</Button>
        </Centred>
      </Unauthenticated>
      <Authenticated>
        <Organization />
      </Authenticated>
    </>
  )
}

function Organization() {
  const client = useConvex()
  const organizations = useQuery(api.stackdock.organizations)
  const [chosen, setChosen] = useState<string>()
  const orgId = chosen ?? organizations?.[0]?.id
  const port = useMemo(() => {
    if (orgId === undefined) return undefined
    return createConvexPort({ client, api: api.stackdock, orgId, user: signedIn(), signOut })
  }, [client, orgId])
  if (!organizations) return <OneMoment />
  if (!port) return <NoOrganization />
  return <Dashboard key={orgId} port={port} onChooseOrganization={setChosen} />
}

function NoOrganization() {
  const userId = useQuery(api.whoami.default)
  const owner = { name: "First", slug: "first", owner: userId ?? "…" }
  return (
    <Centred title="You are in no organisation yet">
      <p>Whoever deploys this app makes the first one, with you as its owner:</p>
      <pre className="overflow-x-auto rounded-md border bg-muted p-3 text-sm">
        npx convex run stackdockWork:createOrganization {`'${JSON.stringify(owner)}'`}
      </pre>
    </Centred>
  )
}

function OneMoment() {
  return (
    <Centred>
      <p className="text-muted-foreground">One moment …</p>
    </Centred>
  )
}

function Centred({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-2xl content-center justify-items-start gap-4 p-4">
      {title && <h1 className="font-semibold text-xl">{title}</h1>}
      {children}
    </main>
  )
}
