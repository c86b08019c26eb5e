import { Tabs as Primitive } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "@/lib/utils"

function Tabs({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn("flex flex-col gap-4 data-[orientation=vertical]:flex-row", className)}
      {...props}
    />
  )
}

function TabsList({
  className,
  variant = "default",
  ...props
}: ComponentProps<typeof Primitive.List> & { variant?: "default" | "line" }) {
  return (
    <Primitive.List
      data-variant={variant}
      className={cn(
        "group/tabs-list inline-flex w-fit max-w-full items-center overflow-x-auto text-muted-foreground",
        "data-[variant=default]:h-9 data-[variant=default]:rounded-lg data-[variant=default]:bg-muted data-[variant=default]:p-1",
        "data-[variant=line]:h-10 data-[variant=line]:w-full data-[variant=line]:gap-4 data-[variant=line]:border-b",
        className,
      )}
      {...props}
    />
  )
}

function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "inline-flex h-full cursor-pointer items-center justify-center gap-1.5 whitespace-nowrap px-3 font-medium text-sm transition-colors hover:text-foreground",
        "focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2 disabled:pointer-events-none disabled:opacity-50",
        "data-[state=active]:text-foreground group-data-[variant=default]/tabs-list:rounded-md group-data-[variant=default]/tabs-list:data-[state=active]:bg-background group-data-[variant=default]/tabs-list:data-[state=active]:shadow-sm",
        "group-data-[variant=line]/tabs-list:border-transparent group-data-[variant=line]/tabs-list:border-b-2 group-data-[variant=line]/tabs-list:px-0.5 group-data-[variant=line]/tabs-list:data-[state=active]:border-foreground",
        "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
        className,
      )}
      {...props}
    />
  )
}

function TabsContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Content
      className={cn(
        "min-w-0 flex-1 focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-4",
        className,
      )}
      {...props}
    />
  )
}

export { Tabs, TabsContent, TabsList, TabsTrigger }
