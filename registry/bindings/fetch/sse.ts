/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  id: string | undefined
  event: string
  data: string
}

/**
 * Reads a stream of events as they arrive. The browser's own `EventSource` would reconnect by itself too, but it tells
 * neither why an answer was refused nor that one came at all, and takes no id to begin from.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent | "heartbeat"> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ""
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text = (text + decoder.decode(value, { stream: true })).replaceAll("\r\n", "\n")
      const blocks = text.split("\n\n")
      // What stands behind the last empty line is not whole yet.
      text = blocks.pop() ?? ""
      for (const block of blocks) yield parse(block) ?? "heartbeat"
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function parse(block: string): ServerSentEvent | undefined {
  let id: string | undefined
  let event = "message"
  const data: string[] = []
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === "id") id = value
    else if (field === "event") event = value
    else if (field === "data") data.push(value)
  }
  return data.length > 0 ? { id, event, data: data.join("\n") } : undefined
}
