import { cn } from "@/lib/utils"
import type { ProviderInfo } from "../../engine/reading.ts"
import { useRead } from "../data/hooks.tsx"

/** What a dock is called and looks like. Nothing here knows any of them. */
export function useProvider(provider: string): Pick<ProviderInfo, "title" | "look"> {
  const { data } = useRead("providers", {})
  const found = data?.find((info) => info.provider === provider)
  return { title: found?.title ?? provider, look: found?.look ?? null }
}

/** The sign of a provider, or its first letter. It says nothing to a screen reader: the name stands beside it. */
export function ProviderMark({
  provider,
  size = 16,
  className,
}: {
  provider: string
  /** In pixels. */
  size?: number
  className?: string
}) {
  const { title, look } = useProvider(provider)
  const box = { width: size, height: size }
  if (look) {
    return (
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        className={cn("shrink-0", className)}
        style={{ ...box, fill: look.color }}
      >
        <path d={look.icon} />
      </svg>
    )
  }
  return (
    <span
      aria-hidden
      className={cn(
        "inline-grid shrink-0 place-content-center rounded-sm bg-muted font-semibold text-muted-foreground uppercase leading-none",
        className,
      )}
      style={{ ...box, fontSize: size * 0.6 }}
    >
      {title.charAt(0)}
    </span>
  )
}

export function ProviderBadge({ provider, className }: { provider: string; className?: string }) {
  const { title } = useProvider(provider)
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1.5", className)}>
      <ProviderMark provider={provider} />
      <span className="truncate">{title}</span>
    </span>
  )
}
