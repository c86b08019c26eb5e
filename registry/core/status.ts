export interface ReadStatus<Status extends string> {
  status: Status | "unknown"
  providerStatus: string | null
}

/**
 * Translates a provider's words into a table's statuses: `statusWords({ active: "running", off: "stopped" })`. A word
 * that is not listed becomes `unknown` and is kept beside it. Case does not matter.
 */
export function statusWords<const Status extends string>(
  words: Readonly<Record<string, Status>>,
): (raw: unknown) => ReadStatus<Status> {
  const known = new Map(Object.entries(words).map(([word, status]) => [word.toLowerCase(), status]))
  return (raw) => {
    const word = typeof raw === "string" ? raw.trim() : typeof raw === "number" ? String(raw) : ""
    return { status: known.get(word.toLowerCase()) ?? "unknown", providerStatus: word || null }
  }
}
