import { ChevronDownIcon } from "lucide-react"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function NativeSelect({
  className,
  size = "default",
  ...props
}: Omit<ComponentProps<"select">, "size"> & { size?: "sm" | "default" }) {
  return (
    <div data-slot="native-select-wrapper" className="relative w-fit has-[select:disabled]:opacity-50">
      <select
        data-slot="native-select"
        data-size={size}
        className={cn(
          "h-9 w-full min-w-0 cursor-pointer appearance-none rounded-md border border-input bg-background pr-8 pl-3 text-sm transition-colors hover:bg-accent data-[size=sm]:h-8",
          "focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-ring",
          "disabled:cursor-not-allowed aria-invalid:border-destructive",
          className,
        )}
        {...props}
      />
      <ChevronDownIcon
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </div>
  )
}

function NativeSelectOption({ className, ...props }: ComponentProps<"option">) {
  return <option className={cn("bg-popover text-popover-foreground", className)} {...props} />
}

function NativeSelectOptGroup({ className, ...props }: ComponentProps<"optgroup">) {
  return <optgroup className={cn("bg-popover text-popover-foreground", className)} {...props} />
}

export { NativeSelect, NativeSelectOptGroup, NativeSelectOption }
