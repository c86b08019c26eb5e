import { toastsThere } from "./toasts.tsx"

/** Says how something went, at the edge of the screen and to screen readers. */
export const told = {
  done(message: string, description?: string): void {
    void show("success", message, description === undefined ? {} : { description })
  },
  /** `could` begins the sentence: `Could not sync Acme`. */
  failed(error: unknown, could: string): void {
    const why = error instanceof Error ? error.message : String(error)
    const next = suggestionOf(error)
    void show("error", could, { description: next ? `${why} ${next}` : why, duration: 10_000 })
  },
}

async function show(
  kind: "success" | "error",
  message: string,
  options: { description?: string; duration?: number },
): Promise<void> {
  const [{ toast }] = await Promise.all([import("sonner"), toastsThere()])
  toast[kind](message, options)
}

function suggestionOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("suggestion" in error)) return undefined
  return typeof error.suggestion === "string" ? error.suggestion : undefined
}
