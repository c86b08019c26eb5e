// @vitest-environment happy-dom
import { act } from "react"
import { createRoot } from "react-dom/client"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { DataProvider } from "../../data/hooks.tsx"
import { DataError, type DataPort } from "../../data/port.ts"
import { schedule } from "./rows.fixture.ts"
import { useBackups } from "./use-backups.ts"

const denied = () =>
  Promise.reject(new DataError({ code: "denied", message: "Your role does not permit it." }))

type Answer = ReturnType<typeof useBackups>

function Probe({ tell }: { tell(answer: Answer): void }) {
  tell(useBackups(undefined))
  return null
}

/** What the page has, once every question was answered. */
async function backupsFor(read: Partial<Record<keyof DataPort["read"], unknown>>) {
  const port = { read, watch: () => () => {} } as unknown as DataPort // Nothing else of it is asked for.
  const answers: Answer[] = []
  const root = createRoot(document.createElement("div"))
  await act(async () => {
    root.render(
      <DataProvider port={port}>
        <Probe tell={(answer) => answers.push(answer)} />
      </DataProvider>,
    )
  })
  // Queries tell their observers in a task of their own.
  await act(async () => void (await vi.advanceTimersByTimeAsync(1)))
  await act(async () => root.unmount())
  return answers.at(-1)
}

describe("useBackups", () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const resources = ({ table }: { table: string }) =>
    Promise.resolve(table === "backupSchedules" ? { rows: [schedule()], total: 1 } : { rows: [], total: 0 })

  const session = () => Promise.resolve({ grants: { resources: "read", docks: "none" } })

  it("has the rows for a role that may see them, and not the accounts that they are in", async () => {
    const answer = await backupsFor({ session, resources, docks: denied, providers: denied })
    expect(answer?.error).toBeNull()
    expect(answer?.data?.schedules).toHaveLength(1)
    expect(answer?.data?.docks).toEqual([])
  })

  it("has nothing for a role that may not see the rows", async () => {
    const answer = await backupsFor({ session, resources: denied, docks: denied, providers: denied })
    expect(answer?.data).toBeUndefined()
    expect(answer?.error?.code).toBe("denied")
  })
})
