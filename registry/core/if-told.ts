import { DockError } from "./errors.ts"

/** What is read once the work is done. That the provider does not tell it must not make the work look undone. */
export async function ifTold<Told>(read: Promise<Told>): Promise<Told | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof DockError) return undefined
    throw error
  }
}
