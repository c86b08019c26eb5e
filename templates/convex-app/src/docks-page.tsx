import { useAction, useQuery } from "convex/react"
import { ConvexError } from "convex/values"
import { type FormEvent, useState } from "react"
import { api } from "../convex/_generated/api"

/** The connected accounts, each with how its last sync went. */
export function DocksPage({ orgId }: { orgId: string }) {
  const docks = useQuery(api.stackdock.docks, { orgId })
  const sync = useAction(api.stackdock.sync)
  const { attempt, problem } = useAttempts()
  return (
    <>
      <h1>Docks</h1>
      {problem && <p role="alert">{problem}</p>}
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Account</th>
            <th>Last sync</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {docks?.map(({ id, name, provider, accountName, status, lastRun, lastError }) => (
            <tr key={id}>
              <td>
                {name} <small>{provider}</small>
              </td>
              <td>{accountName}</td>
              <td title={lastError ?? ""}>
                <span className={`status ${lastRun?.status ?? ""}`}>{lastRun?.status ?? "not yet"}</span>
                {lastRun && ` ${lastRun.fetched} items, ${lastRun.inserted} new, ${lastRun.deleted} gone`}
              </td>
              <td>
                <button
                  type="button"
                  disabled={status === "disconnected" || lastRun?.status === "running"}
                  onClick={() => attempt(() => sync({ orgId, docks: [id] }))}
                >
                  Sync
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Connect orgId={orgId} />
    </>
  )
}

function Connect({ orgId }: { orgId: string }) {
  const providers = useQuery(api.stackdock.providers, { orgId }) ?? []
  const connect = useAction(api.stackdock.connect)
  const { attempt, problem, isBusy } = useAttempts()
  const [chosen, setChosen] = useState("")
  const provider = providers.find((one) => one.provider === chosen) ?? providers[0]
  if (!provider) return <p>This project has no dock yet. Type: npx stackdock add gridpane</p>

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = [...new FormData(form)].filter(([field, value]) => field !== "name" && value !== "")
    const name = new FormData(form).get("name")
    attempt(async () => {
      await connect({
        orgId,
        provider: provider.provider,
        credentials: Object.fromEntries(given),
        ...(name ? { name: String(name) } : {}),
      })
      form.reset()
    })
  }
  return (
    <form onSubmit={submit}>
      <h2>Connect</h2>
      <select value={provider.provider} onChange={(event) => setChosen(event.target.value)}>
        {providers.map(({ provider, title }) => (
          <option key={provider} value={provider}>
            {title}
          </option>
        ))}
      </select>
      {provider.credentialFields.map(({ name, title, where, isSecret, isRequired }) => (
        <input
          key={name}
          name={name}
          type={isSecret ? "password" : "text"}
          placeholder={title}
          title={where ?? ""}
          required={isRequired}
          autoComplete="off"
        />
      ))}
      <input name="name" placeholder={`Name (${provider.provider})`} />
      <button type="submit" disabled={isBusy}>
        Connect
      </button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  )
}

/** Tells what went wrong in the words that the deployment has for it. */
function useAttempts() {
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(undefined)
    setBusy(true)
    try {
      await work()
    } catch (error) {
      const told =
        error instanceof ConvexError ? (error.data as { message?: string; suggestion?: string }) : {}
      setProblem(`${told.message ?? "It did not work."} ${told.suggestion ?? ""}`)
    } finally {
      setBusy(false)
    }
  }
  return { attempt, problem, isBusy }
}
