import { DataError } from "../../ui/data/port.ts"

/** Our functions say why they fail in the data of a ConvexError. Of any other error Convex tells clients nothing. */
export function toldError(error: unknown): DataError {
  if (error instanceof DataError) return error
  const data = error instanceof Error && "data" in error ? error.data : undefined
  const { code, message, suggestion, fields }: Readonly<Record<string, unknown>> = Object(data)
  if (typeof code === "string" && typeof message === "string") {
    const suggested = typeof suggestion === "string" ? suggestion : null
    return new DataError({ code, message, suggestion: suggested, fields: textsOf(fields) })
  }
  return new DataError({
    code: "unexpected",
    message: "The deployment failed in a way that it does not tell.",
    suggestion: "Try again. The logs of the deployment say more.",
  })
}

export async function orToldError<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw toldError(error)
  }
}

function textsOf(fields: unknown): Record<string, string> {
  const entries: [string, unknown][] = Object.entries(Object(fields))
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  )
}
