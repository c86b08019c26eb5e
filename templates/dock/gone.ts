import { DockError } from "../../core/errors.ts"

/** What was asked for, or undefined where Acme does not have it. */
export async function unlessGone<Told>(asked: Promise<Told>): Promise<Told | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DockError && error.code === "not_found") return undefined
    throw error
  }
}
