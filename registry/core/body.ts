const MAX_BYTES = 32 * 1024 * 1024

export type Body =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "empty" | "html" | "text" | "too large" }

/** Reads an answer to its end, or until it is larger than any page of a listing should be. */
export async function readBody(response: Response): Promise<Body> {
  const text = await readText(response)
  if (text === undefined) return { kind: "too large" }
  if (text.trim() === "") return { kind: "empty" }
  try {
    return { kind: "json", value: JSON.parse(text) }
  } catch {
    return { kind: /^\s*</.test(text) ? "html" : "text" }
  }
}

async function readText(response: Response): Promise<string | undefined> {
  if (!response.body) return ""
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > MAX_BYTES) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}
