import { MinusIcon, PencilIcon, PlusIcon, Undo2Icon } from "lucide-react"
import { cn } from "@/lib/utils"
import type { ResourceChange } from "../../engine/reading.ts"

export const kindWords: Record<ResourceChange["kind"], string> = {
  added: "Added",
  changed: "Changed",
  removed: "Removed",
  returned: "Came back",
}

const looks = {
  added: { icon: PlusIcon, tone: "text-good" },
  changed: { icon: PencilIcon, tone: "text-busy" },
  removed: { icon: MinusIcon, tone: "text-bad" },
  returned: { icon: Undo2Icon, tone: "text-good" },
} as const

/** The sign of a change; its word stands beside it. */
export function ChangeKind({ kind, className }: { kind: ResourceChange["kind"]; className?: string }) {
  const { icon: Icon, tone } = looks[kind]
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", tone, className)} />
}
