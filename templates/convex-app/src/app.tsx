import { Authenticated, AuthLoading, Unauthenticated, useQuery } from "convex/react"
import { useState } from "react"
import { api } from "../convex/_generated/api"
import { DocksPage } from "./docks-page"
import { signIn, signOut } from "./sign-in"
import { type TableName, TablePage } from "./table-page"

export function App() {
  return (
    <>
      <AuthLoading>
        <p>One moment …</p>
      </AuthLoading>
      <Unauthenticated>
        <main>
          <h1>Infrastructure</h1>
          <button type="button" onClick={signIn}>
            Sign in
          </button>
        </main>
      </Unauthenticated>
      <Authenticated>
        <Organizations />
      </Authenticated>
    </>
  )
}

function Organizations() {
  const organizations = useQuery(api.stackdock.organizations)
  const [chosen, setChosen] = useState<string>()
  if (!organizations) return <p>One moment …</p>
  const [first] = organizations
  if (!first) return <NoOrganization />
  const orgId = chosen ?? first.id
  return (
    <>
      <header>
        <strong>Infrastructure</strong>
        <select value={orgId} onChange={(event) => setChosen(event.target.value)}>
          {organizations.map(({ id, name, role }) => (
            <option key={id} value={id}>
              {name} ({role})
            </option>
          ))}
        </select>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </header>
      <Pages key={orgId} orgId={orgId} />
    </>
  )
}

function NoOrganization() {
  const userId = useQuery(api.whoami.default)
  return (
    <main>
      <h1>You are in no organisation yet</h1>
      <p>Whoever deploys this app makes the first one, with you as its owner:</p>
      <pre>
        npx convex run stackdockWork:createOrganization{" "}
        {`'${JSON.stringify({ name: "First", slug: "first", owner: userId ?? "…" })}'`}
      </pre>
    </main>
  )
}

function Pages({ orgId }: { orgId: string }) {
  const [page, setPage] = useState<"docks" | TableName>("docks")
  const tables = useQuery(api.stackdock.dashboard, { orgId }) ?? []
  return (
    <>
      <nav>
        <button type="button" aria-current={page === "docks"} onClick={() => setPage("docks")}>
          Docks
        </button>
        {tables
          .filter(({ total }) => total > 0)
          .map(({ table, total }) => (
            <button key={table} type="button" aria-current={page === table} onClick={() => setPage(table)}>
              {table} <small>{total}</small>
            </button>
          ))}
      </nav>
      <main>
        {page === "docks" ? <DocksPage orgId={orgId} /> : <TablePage key={page} orgId={orgId} table={page} />}
      </main>
    </>
  )
}
