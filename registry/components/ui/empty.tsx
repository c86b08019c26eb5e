import { cva, type VariantProps } from "class-variance-authority"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Empty({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="empty"
      className={cn(
        "flex min-w-0 flex-1 flex-col items-center justify-center gap-5 rounded-lg border-dashed p-6 text-center md:p-12",
        className,
      )}
      {...props}
    />
  )
}

function EmptyHeader({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("flex max-w-md flex-col items-center gap-2", className)} {...props} />
}

const emptyMediaVariants = cva("mb-1 flex shrink-0 items-center justify-center [&_svg]:pointer-events-none", {
  variants: {
    variant: {
      default: "",
      icon: "size-10 rounded-lg border bg-muted text-muted-foreground [&_svg:not([class*='size-'])]:size-5",
    },
  },
  defaultVariants: { variant: "default" },
})

function EmptyMedia({
  className,
  variant,
  ...props
}: ComponentProps<"div"> & VariantProps<typeof emptyMediaVariants>) {
  return <div className={cn(emptyMediaVariants({ variant }), className)} {...props} />
}

function EmptyTitle({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("text-balance font-medium", className)} {...props} />
}

function EmptyDescription({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn(
        "text-pretty text-muted-foreground text-sm [&>a]:underline [&>a]:underline-offset-4",
        className,
      )}
      {...props}
    />
  )
}

function EmptyContent({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn("flex w-full min-w-0 max-w-md flex-col items-center gap-3 text-sm", className)}
      {...props}
    />
  )
}

export { Empty, EmptyContent, EmptyDescription, EmptyHeader, EmptyMedia, EmptyTitle }
