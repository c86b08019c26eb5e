import { cva, type VariantProps } from "class-variance-authority"
import { ToggleGroup as Primitive } from "radix-ui"
import { type ComponentProps, createContext, useContext } from "react"
import { cn } from "@/lib/utils"

const itemVariants = cva(
  [
    "inline-flex cursor-pointer items-center justify-center gap-1.5 whitespace-nowrap font-medium text-muted-foreground text-sm transition-colors first:rounded-l-md last:rounded-r-md",
    "hover:bg-accent hover:text-accent-foreground data-[state=on]:bg-accent data-[state=on]:text-accent-foreground",
    "focus-visible:z-10 focus-visible:outline-2 focus-visible:outline-ring disabled:pointer-events-none disabled:opacity-50",
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  ],
  {
    variants: {
      variant: { default: "", outline: "border border-input border-l-0 bg-background first:border-l" },
      size: { default: "h-9 min-w-9 px-3", sm: "h-8 min-w-8 px-2.5", lg: "h-10 min-w-10 px-3.5" },
    },
    defaultVariants: { variant: "default", size: "default" },
  },
)

type Variants = VariantProps<typeof itemVariants>

const GroupVariants = createContext<Variants>({})

function ToggleGroup({
  className,
  variant,
  size,
  children,
  ...props
}: ComponentProps<typeof Primitive.Root> & Variants) {
  return (
    <Primitive.Root className={cn("flex w-fit items-center rounded-md", className)} {...props}>
      <GroupVariants value={{ variant, size }}>{children}</GroupVariants>
    </Primitive.Root>
  )
}

function ToggleGroupItem({
  className,
  variant,
  size,
  ...props
}: ComponentProps<typeof Primitive.Item> & Variants) {
  const group = useContext(GroupVariants)
  return (
    <Primitive.Item
      className={cn(itemVariants({ variant: group.variant ?? variant, size: group.size ?? size }), className)}
      {...props}
    />
  )
}

export { ToggleGroup, ToggleGroupItem }
