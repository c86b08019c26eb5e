import { toast } from "sonner"

/** Says how something went, at the edge of the screen and to screen readers. */
export const told = {
  done(message: string, description?: string): void {
    toast.success(message, description === undefined ? {} : { description })
  },
  /** `could` begins the sentence: `Could not sync Acme`. */
  failed(error: unknown, could: string): void {
    const why = error instanceof Error ? error.message : String(error)
    const next = suggestionOf(error)
    toast.error(could, { description: next ? `${why} ${next}` : why, duration: 10_000 })
  },
}

function suggestionOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("suggestion" in error)) return undefined
  return typeof error.suggestion === "string" ? error.suggestion : undefined
}
