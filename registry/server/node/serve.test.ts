import { once } from "node:events"
import { connect } from "node:net"
import { expect, it } from "vitest"
import { openServer } from "../server.fixture.ts"
import { serve } from "./serve.ts"

it("ends, though somebody does not read what they are sent", async () => {
  // Without an end, as more than what lies between two ends of a connection.
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) =>
    controller.enqueue(new Uint8Array(65_536))
  const { server } = await openServer({ pages: async () => new Response(new ReadableStream({ pull })) })
  const listening = await serve(server, { port: 0, host: "127.0.0.1" })
  const reader = connect(listening.port, "127.0.0.1")
  reader.on("error", () => {})
  reader.write("GET / HTTP/1.1\r\nhost: dash.example\r\n\r\n")
  await once(reader, "readable")
  await listening.close()
  reader.destroy()
})

it("lets whoever reads have the whole of an answer that was begun", async () => {
  let isAsked = () => {}
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  let finish = () => {}
  const { server } = await openServer({
    pages: async () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode("the beginning"))
          finish = () => {
            controller.enqueue(new TextEncoder().encode(" and the end"))
            controller.close()
          }
        },
      })
      isAsked()
      return new Response(body)
    },
  })
  const listening = await serve(server, { port: 0, host: "127.0.0.1" })
  const reader = connect(listening.port, "127.0.0.1")
  let text = ""
  reader.on("data", (chunk) => {
    text += chunk.toString()
  })
  reader.write("GET / HTTP/1.1\r\nhost: dash.example\r\n\r\n")
  await asked
  const closing = listening.close()
  finish()
  await closing
  expect(text.replace(/\r\n[\da-f]+\r\n/g, "")).toContain("and the end")
})
