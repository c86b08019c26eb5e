import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      data-slot="input"
      className={cn(
        "h-9 w-full min-w-0 rounded-md border border-input bg-background px-3 text-base transition-colors md:text-sm",
        "placeholder:text-muted-foreground file:mr-3 file:border-0 file:bg-transparent file:font-medium file:text-sm",
        "focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-ring",
        "disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive aria-invalid:outline-destructive",
        className,
      )}
      {...props}
    />
  )
}

export { Input }
