import { expect, it } from "vitest"
import { readEvents } from "./sse.ts"

const whole =
  'id: a-1\r\nevent: changed\r\ndata: {"name":"Zürich"}\r\n\r\n:\n\nid: a-2\ndata: one\ndata: two\n\nid: a-3\ndata: cut'

it("reads events wherever the network cuts them", async () => {
  const bytes = new TextEncoder().encode(whole)
  for (const size of [1, 2, 3, 7, 1_000]) {
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, at + size))
        at += size
      },
    })
    const events = []
    for await (const event of readEvents(body)) events.push(event)
    expect(events, `in pieces of ${size}`).toEqual([
      { id: "a-1", event: "changed", data: '{"name":"Zürich"}' },
      "heartbeat",
      { id: "a-2", event: "message", data: "one\ntwo" },
    ])
  }
})
