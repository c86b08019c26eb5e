import { TriangleAlertIcon } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import type { Shown } from "../data/port.ts"
import { CopyButton } from "./copy-button.tsx"

/**
 * What a provider tells only this once. It stays until somebody says that they have it: a click beside it does not close
 * it, and it is kept nowhere.
 */
export function ShownOnce({ shows, onClose }: { shows: readonly Shown[]; onClose?: () => void }) {
  const [closed, setClosed] = useState<readonly Shown[]>()
  const isOpen = shows.length > 0 && closed !== shows

  function close() {
    setClosed(shows)
    onClose?.()
  }

  return (
    <Dialog open={isOpen}>
      <DialogContent
        showCloseButton={false}
        onEscapeKeyDown={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>Shown only once</DialogTitle>
          <DialogDescription>
            The provider tells this now and never again, and StackDock does not keep it. Copy it to where it
            is safe.
          </DialogDescription>
        </DialogHeader>
        <dl className="flex min-w-0 flex-col gap-3">
          {shows.map(({ title, value }) => (
            <div key={title} className="min-w-0">
              <dt className="mb-1 font-medium text-sm">{title}</dt>
              <dd className="flex min-w-0 items-start gap-2 rounded-md border bg-muted py-1.5 pr-1.5 pl-3">
                <code className="max-h-48 min-w-0 flex-1 select-all overflow-y-auto whitespace-pre-wrap break-all py-1 font-mono text-xs">
                  {value}
                </code>
                <CopyButton value={value} label={`Copy ${title}`} />
              </dd>
            </div>
          ))}
        </dl>
        <DialogFooter className="items-center sm:justify-between">
          <span className="flex items-center gap-1.5 text-muted-foreground text-xs">
            <TriangleAlertIcon aria-hidden className="size-3.5 text-warning" />
            Gone once this is closed
          </span>
          <Button onClick={close}>I have it</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
