import { usePaginatedQuery } from "convex/react"
import type { FunctionArgs } from "convex/server"
import { useState } from "react"
import { api } from "../convex/_generated/api"

export type TableName = FunctionArgs<typeof api.stackdock.resources>["table"]

/** One table, live: rows come, change and go while one looks. */
export function TablePage({ orgId, table }: { orgId: string; table: TableName }) {
  const [text, setText] = useState("")
  const [status, setStatus] = useState("")
  const [deleted, setDeleted] = useState(false)
  const filter = { orgId, table, deleted, ...(text ? { text } : {}), ...(status ? { status } : {}) }
  const {
    results,
    status: loading,
    loadMore,
  } = usePaginatedQuery(api.stackdock.resources, filter, {
    initialNumItems: 50,
  })
  return (
    <>
      <h1>{table}</h1>
      <form>
        <input
          type="search"
          placeholder="Name"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <input placeholder="Status" value={status} onChange={(event) => setStatus(event.target.value)} />
        <label>
          <input type="checkbox" checked={deleted} onChange={(event) => setDeleted(event.target.checked)} />{" "}
          gone
        </label>
      </form>
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Status</th>
            <th>Provider</th>
            <th>Seen</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ id, name, status, provider, providerUrl, lastSeenAt }) => (
            <tr key={id}>
              <td>{providerUrl ? <a href={providerUrl}>{name}</a> : name}</td>
              <td>
                <span className={`status ${status}`}>{status}</span>
              </td>
              <td>{provider}</td>
              <td>{new Date(lastSeenAt).toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {loading === "Exhausted" && results.length === 0 && <p>Nothing here.</p>}
      {loading === "CanLoadMore" && (
        <button type="button" onClick={() => loadMore(50)}>
          More
        </button>
      )}
    </>
  )
}
