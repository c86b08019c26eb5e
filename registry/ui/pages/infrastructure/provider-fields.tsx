import { Braces } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { useRead } from "../../data/hooks.tsx"
import { CopyButton } from "../../feedback/copy-button.tsx"
import { Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TextSkeleton } from "../../states/skeletons.tsx"
import { JsonTree } from "./json-tree.tsx"

/** The provider's own answer. It is only asked for when somebody wants to see it. */
export function ProviderFields({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Section
      title="Provider fields"
      description="What the provider answered, without secrets."
      actions={
        !isOpen && (
          <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
            <Braces aria-hidden />
            Show
          </Button>
        )
      }
    >
      {isOpen ? (
        <Answer id={id} />
      ) : (
        <p className="text-sm text-muted-foreground">
          It may say more than the fields above, so it needs more permission than they do.
        </p>
      )}
    </Section>
  )
}

function Answer({ id }: { id: string }) {
  const query = useRead("resourceData", { id })
  return (
    <Loaded query={query} what="what the provider answered" skeleton={<TextSkeleton lines={6} />}>
      {(data) => (
        <div className="relative">
          <div className="absolute top-0 right-0">
            <CopyButton value={JSON.stringify(data, null, 2)} label="Copy as JSON" />
          </div>
          <div className="max-h-[32rem] overflow-y-auto pr-8 font-mono text-xs">
            <JsonTree value={data} />
          </div>
        </div>
      )}
    </Loaded>
  )
}
