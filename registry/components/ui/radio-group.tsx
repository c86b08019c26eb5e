import { RadioGroup as Primitive } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function RadioGroup({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="radio-group" className={cn("grid gap-3", className)} {...props} />
}

function RadioGroupItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      data-slot="radio-group-item"
      className={cn(
        "peer grid aspect-square size-4 shrink-0 cursor-pointer place-content-center rounded-full border border-control bg-background transition-colors",
        "data-[state=checked]:border-primary focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-2",
        "disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="block size-2 rounded-full bg-primary" />
    </Primitive.Item>
  )
}

export { RadioGroup, RadioGroupItem }
