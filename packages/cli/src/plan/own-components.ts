import type { Project } from "../project/detect.ts"
import type { IsOwn } from "../registry/resolve.ts"
import type { Lock } from "../state/lock.ts"

/**
 * Components of shadcn/ui that lie in the project and are not from here: shadcn's own command put them there, or the
 * project's people wrote them. They stay as they are, and stackdock.lock does not know them.
 */
export function ownComponents({ components }: Project, { items }: Lock): IsOwn {
  return (name) => !Object.hasOwn(items, name) && components.find(name) !== undefined
}
