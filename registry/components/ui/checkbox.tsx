import { CheckIcon, MinusIcon } from "lucide-react"
import { Checkbox as Primitive } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="checkbox"
      className={cn(
        "peer group/checkbox size-4 shrink-0 cursor-pointer rounded-sm border border-control bg-background transition-colors",
        "data-[state=checked]:border-primary data-[state=indeterminate]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:bg-primary",
        "focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-2",
        "disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="grid place-content-center text-primary-foreground">
        <CheckIcon className="size-3 group-data-[state=indeterminate]/checkbox:hidden" strokeWidth={3} />
        <MinusIcon
          className="hidden size-3 group-data-[state=indeterminate]/checkbox:block"
          strokeWidth={3}
        />
      </Primitive.Indicator>
    </Primitive.Root>
  )
}

export { Checkbox }
