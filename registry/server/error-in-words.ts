import { describe } from "../engine/reported-error.ts"

/** For the log. What an error says itself can quote what somebody has sent; its kind, its code and where it happened cannot. */
export function errorInWords(error: unknown): string {
  if (!(error instanceof Error)) return describe(error)
  const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : ""
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  return [describe(error) + code, ...frames.slice(0, 8).map((frame) => frame.trim())].join("\n    ")
}
