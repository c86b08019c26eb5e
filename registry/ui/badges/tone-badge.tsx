import {
  CircleAlertIcon,
  CircleCheckIcon,
  CircleDashedIcon,
  CircleHelpIcon,
  CircleMinusIcon,
  CircleXIcon,
  type LucideIcon,
} from "lucide-react"
import { cn } from "@/lib/utils"
import type { Tone } from "./tones.ts"

/** A shape of its own for each, for whoever does not tell the colours apart. */
const icons: Record<Tone, LucideIcon> = {
  good: CircleCheckIcon,
  busy: CircleDashedIcon,
  warning: CircleAlertIcon,
  bad: CircleXIcon,
  idle: CircleMinusIcon,
  unknown: CircleHelpIcon,
}

export const toneText: Record<Tone, string> = {
  good: "text-good",
  busy: "text-busy",
  warning: "text-warning",
  bad: "text-bad",
  idle: "text-idle",
  unknown: "text-idle",
}

export function ToneIcon({ tone, className }: { tone: Tone; className?: string }) {
  const Icon = icons[tone]
  return <Icon aria-hidden className={cn("size-3.5 shrink-0", toneText[tone], className)} />
}

/** A state in a word, with its tone. */
export function ToneBadge({
  tone,
  word,
  title,
  className,
}: {
  tone: Tone
  word: string
  title?: string | undefined
  className?: string | undefined
}) {
  return (
    <span
      data-tone={tone}
      title={title}
      className={cn("inline-flex items-center gap-1.5 whitespace-nowrap text-sm", className)}
    >
      <ToneIcon tone={tone} />
      {word}
    </span>
  )
}
