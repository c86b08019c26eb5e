import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "pointer-events-none inline-flex h-5 min-w-5 select-none items-center justify-center rounded-sm border bg-muted px-1 font-medium font-sans text-muted-foreground text-xs",
        className,
      )}
      {...props}
    />
  )
}

function KbdGroup({ className, ...props }: ComponentProps<"kbd">) {
  return <kbd className={cn("inline-flex items-center gap-1", className)} {...props} />
}

export { Kbd, KbdGroup }
