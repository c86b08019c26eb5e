import { Switch as Primitive } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Switch({
  className,
  size = "default",
  ...props
}: ComponentProps<typeof Primitive.Root> & { size?: "sm" | "default" }) {
  return (
    <Primitive.Root
      data-slot="switch"
      data-size={size}
      className={cn(
        "peer group/switch inline-flex h-5 w-9 shrink-0 cursor-pointer items-center rounded-full p-0.5 transition-colors data-[size=sm]:h-4 data-[size=sm]:w-7",
        "data-[state=checked]:bg-primary data-[state=unchecked]:bg-control",
        "focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-2",
        "disabled:cursor-not-allowed disabled:opacity-50",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb className="block size-4 rounded-full bg-background transition-transform group-data-[size=sm]/switch:size-3 data-[state=checked]:translate-x-4 group-data-[size=sm]/switch:data-[state=checked]:translate-x-3" />
    </Primitive.Root>
  )
}

export { Switch }
