import { errorFromBody, type Problem } from "../../core/problem.ts"

/**
 * What Netlify means. A team that has used up its credits is refused with a 403, which more rights would not help:
 * https://github.com/openstreetmap/id-tagging-schema/issues/2810. A name that is taken is a 422.
 */
export function problem(body: unknown, status: number): Problem | undefined {
  if (status < 400) return undefined
  const usual = errorFromBody(body)
  const message = usual?.message
  if (message && /usage exceeded/i.test(message)) {
    return { ...usual, means: "quota_exceeded" }
  }
  if (status === 422 && message && /must be unique|already (been |in )?(taken|exists|use)/i.test(message)) {
    return { ...usual, means: "conflict" }
  }
  return status === 403 ? { ...usual, suggestion: FORBIDDEN } : usual
}

const FORBIDDEN =
  "A Netlify token may do what its user may: ask an owner of the team for a role that may do this, or for a plan that has it."
