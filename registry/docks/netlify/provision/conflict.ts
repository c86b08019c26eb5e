import { DockError } from "../../../core/errors.ts"

/** Something that may not be taken for what an interrupted try has made: a person has to look. */
export function notOurs(endpoint: string, what: string): DockError {
  return new DockError({
    code: "conflict",
    provider: "netlify",
    endpoint,
    message: `netlify: ${what}`,
    suggestion: "Choose another name, or look in Netlify whether it is the one.",
  })
}
