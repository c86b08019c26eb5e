import { Progress as Primitive } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Progress({ className, value, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="progress"
      value={value ?? null}
      className={cn("relative h-1.5 w-full overflow-hidden rounded-full bg-accent", className)}
      {...props}
    >
      <Primitive.Indicator
        className="h-full w-full flex-1 bg-primary transition-transform data-[state=indeterminate]:animate-pulse"
        style={{ transform: `translateX(-${100 - (value ?? 40)}%)` }}
      />
    </Primitive.Root>
  )
}

export { Progress }
