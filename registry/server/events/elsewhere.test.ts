import { expect, it, vi } from "vitest"
import { openServer } from "../server.fixture.ts"
import { watchElsewhere } from "./elsewhere.ts"
import { Hub } from "./hub.ts"

it("tells whoever listens to ask again when another process has changed something", async () => {
  const { stackdock } = await openServer()
  const hub = new Hub()
  const changed = vi.spyOn(hub, "changed")
  const stop = watchElsewhere(stackdock, hub, 5)
  try {
    await stackdock.setMember({ userId: "before", role: "client" })
    const listener = hub.listen("org-a", undefined, { session: "s", grants: async () => ({}) })
    const looked = vi.spyOn(hub, "organizations", "get")
    await vi.waitFor(() => expect(looked.mock.calls.length).toBeGreaterThan(3))
    expect(changed).not.toHaveBeenCalled()
    // As another process would: this hub is told nothing of it.
    await stackdock.setMember({ userId: "eve", role: "client" })
    await vi.waitFor(() => expect(changed).toHaveBeenCalledWith("org-a", expect.arrayContaining(["members"])))
    listener.close()
  } finally {
    stop()
  }
})
