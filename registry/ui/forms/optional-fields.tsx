import { ChevronRightIcon } from "lucide-react"
import { type ReactNode, useState } from "react"
import { Button } from "@/components/ui/button"
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from "@/components/ui/collapsible"
import { FieldGroup } from "@/components/ui/field"
import type { Control } from "./controls.ts"
import type { Failure } from "./failure.ts"
import type { Draft } from "./values.ts"

interface OptionalFieldsProps {
  controls: readonly Control[]
  failure: Failure | undefined
  draft: Draft
  render(control: Control): ReactNode
}

/** More than this, and what is needed does not stand out any more. */
const FEW = 4

/** What is needed comes first. Where there is much more, the rest is folded away until it is wanted, or wrong. */
export function OptionalFields({ controls, failure, draft, render }: OptionalFieldsProps) {
  const needed = controls.filter(({ isRequired }) => isRequired)
  const others = controls.filter(({ isRequired }) => !isRequired)
  const isFilled = others.some(({ name, initial }) => (draft[name] ?? "") !== initial)
  const [isOpen, setOpen] = useState(isFilled)
  if (needed.length === 0 || others.length <= FEW) return controls.map(render)
  const isWrong = others.some(({ name }) => failure?.fields[name] !== undefined)
  return (
    <>
      {needed.map(render)}
      <Collapsible open={isOpen || isWrong} onOpenChange={setOpen}>
        <CollapsibleTrigger asChild>
          <Button type="button" variant="ghost" size="sm" className="group -ml-2.5 text-muted-foreground">
            <ChevronRightIcon
              aria-hidden
              className="transition-transform group-data-[state=open]:rotate-90 motion-reduce:transition-none"
            />
            {others.length} optional fields
          </Button>
        </CollapsibleTrigger>
        <CollapsibleContent className="pt-4">
          <FieldGroup className="gap-5">{others.map(render)}</FieldGroup>
        </CollapsibleContent>
      </Collapsible>
    </>
  )
}
