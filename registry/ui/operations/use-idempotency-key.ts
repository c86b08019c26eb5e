import { useRef } from "react"

/**
 * The same key as long as the same is asked for: when an answer was lost on its way, asking again goes on with what was
 * begun instead of making it twice.
 */
export function useIdempotencyKey(): (input: unknown) => string {
  const last = useRef({ asked: "", key: "" })
  return (input) => {
    const asked = JSON.stringify(input)
    if (last.current.asked !== asked) last.current = { asked, key: randomKey() }
    return last.current.key
  }
}

/** `crypto.randomUUID` is only there where the page came over HTTPS, or from this computer. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
