import type { z } from "zod"
import { DockError } from "./errors.ts"
import type { Answer } from "./http.ts"

/**
 * Reads what surrounds the items of a listing: `envelope(z.object({ data: z.array(z.unknown()) }), answer).data`.
 * Items are read one by one (`readItem`) and may be odd; an odd envelope makes the whole answer unusable, and throws.
 */
export function envelope<Shape extends z.ZodType>(
  shape: Shape,
  answer: Pick<Answer, "provider" | "endpoint" | "status" | "requestId" | "body">,
): z.output<Shape> {
  const read = shape.safeParse(answer.body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.length ? ` at \`${issue.path.join(".")}\`` : ""
  throw new DockError({
    code: "invalid_response",
    message: `${answer.provider}: ${answer.endpoint} answered in another shape than documented${place}: ${issue?.message}`,
    provider: answer.provider,
    endpoint: answer.endpoint,
    status: answer.status,
    requestId: answer.requestId,
    suggestion: "The API may have changed: see whether the dock has an update.",
  })
}
