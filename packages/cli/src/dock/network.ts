import { Socket } from "node:net"

/** Lets `instead` answer whatever the work fetches. */
export async function withFetch<T>(instead: typeof fetch, work: () => Promise<T>): Promise<T> {
  const { fetch } = globalThis
  globalThis.fetch = instead
  try {
    return await work()
  } finally {
    globalThis.fetch = fetch
  }
}

/** Runs the work with no way out of this process: every other door than `fetch` leads through a socket. */
export async function withoutNetwork<T>(instead: typeof fetch, work: () => Promise<T>): Promise<T> {
  const { connect } = Socket.prototype
  const put = (value: unknown) =>
    Object.defineProperty(Socket.prototype, "connect", { value, configurable: true, writable: true })
  put(() => {
    throw new Error("This is a replay: nothing reaches the network.")
  })
  try {
    return await withFetch(instead, work)
  } finally {
    put(connect)
  }
}
