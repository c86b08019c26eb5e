import type { hc } from "hono/client"
import type { Api } from "../../server/api.ts"
import type { Problem } from "../../server/problem.ts"
import { DataError } from "../../ui/data/port.ts"

export type ApiClient = ReturnType<typeof hc<Api>>

/** The part of an answer that the typed client promises. */
interface Answer<Value> {
  readonly ok: boolean
  readonly status: number
  json(): Promise<Value>
}

/** What the server answers, or the `DataError` that its problem amounts to. */
export async function answerOf<Value>(asked: Promise<Answer<Value>>): Promise<Value> {
  const response = await arrived(asked)
  if (!response.ok) throw await errorOf(response)
  return await response.json()
}

/** The same where nothing is answered but that it was done. */
export async function doneOf(asked: Promise<Answer<unknown>>): Promise<void> {
  const response = await arrived(asked)
  if (!response.ok) throw await errorOf(response)
}

async function arrived<Value>(asked: Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await asked
  } catch {
    // A request that fails without an answer says nothing that helps: only that none came.
    throw new DataError({
      code: "offline",
      message: "The server cannot be reached.",
      suggestion: "See whether it is running, and try it again.",
    })
  }
}

export async function errorOf(response: Answer<unknown>): Promise<DataError> {
  const problem = await response.json().then(asProblem, () => undefined)
  if (!problem) {
    return new DataError({
      code: "unexpected",
      message: `The server answered with ${response.status}, and nothing that can be read.`,
      suggestion: "Something between this page and the server may have answered in its place.",
    })
  }
  const { code, detail, suggestion, fields } = problem
  return new DataError({ code, message: detail, suggestion, fields })
}

function asProblem(value: unknown): Pick<Problem, "code" | "detail" | "suggestion" | "fields"> | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const { code, detail, suggestion, fields }: Partial<Problem> = value
  if (typeof code !== "string" || typeof detail !== "string") return undefined
  return { code, detail, suggestion: suggestion ?? null, fields: fields ?? {} }
}

/** For a part of an address: the typed client puts it in as it is. */
export function part(text: string): string {
  return encodeURIComponent(text)
}
