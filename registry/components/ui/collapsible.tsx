import { Collapsible as Primitive } from "radix-ui"
import type { ComponentProps } from "react"

function Collapsible(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="collapsible" {...props} />
}

function CollapsibleTrigger(props: ComponentProps<typeof Primitive.CollapsibleTrigger>) {
  return <Primitive.CollapsibleTrigger {...props} />
}

function CollapsibleContent(props: ComponentProps<typeof Primitive.CollapsibleContent>) {
  return <Primitive.CollapsibleContent {...props} />
}

export { Collapsible, CollapsibleContent, CollapsibleTrigger }
