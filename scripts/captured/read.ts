import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"

/** An answer that somebody captured from a provider, or wrote down: beside the repository, never in it. */
export interface Captured {
  readonly file: string
  readonly path: string
  readonly response: z.output<typeof Exchange>["response"]
}

const Exchange = z.looseObject({
  request: z.looseObject({ method: z.string(), url: z.string() }),
  response: z.looseObject({
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.json().optional(),
  }),
})

/** The answers of one provider to what was only read. */
export function capturedIn(folder: string): Captured[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const read = Exchange.safeParse(JSON.parse(readFileSync(join(folder, file), "utf8")))
      if (!read.success || read.data.request.method !== "GET") return []
      const { request, response } = read.data
      if (!URL.canParse(request.url) || response.body === undefined) return []
      return [{ file, path: new URL(request.url).pathname, response }]
    })
}
