import { useId } from "react"
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import { Kbd, KbdGroup } from "@/components/ui/kbd"
import { Label } from "@/components/ui/label"
import { Switch } from "@/components/ui/switch"
import { allItems } from "./sections.ts"
import { commandKey, setSingleKeys, useSingleKeys } from "./shortcuts.ts"

/** What the keyboard can do. */
export default function Help({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}) {
  const hasSingle = useSingleKeys()
  const id = useId()
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Keyboard</DialogTitle>
          <DialogDescription>Everything here works without a mouse.</DialogDescription>
        </DialogHeader>
        <dl className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
          <Keys keys={[commandKey, "K"]} does="Search, go and do" />
          <Keys keys={["Esc"]} does="Close what is open" />
          <Keys keys={["?"]} does="This help" isOff={!hasSingle} />
          <Keys keys={["↑", "↓"]} does="Rows of a table" />
          <Keys keys={["Enter"]} does="Open the row" />
          {allItems.map(({ title, key }) =>
            key ? <Keys key={key} keys={["G", key.toUpperCase()]} does={title} isOff={!hasSingle} /> : null,
          )}
        </dl>
        <div className="flex items-center justify-between gap-4 rounded-md border p-3">
          <Label htmlFor={id} className="block leading-snug">
            Keys without {commandKey}
            <span className="block font-normal text-muted-foreground">
              Switch them off if you speak to your computer, or press them by accident.
            </span>
          </Label>
          <Switch id={id} checked={hasSingle} onCheckedChange={setSingleKeys} />
        </div>
      </DialogContent>
    </Dialog>
  )
}

function Keys({ keys, does, isOff = false }: { keys: readonly string[]; does: string; isOff?: boolean }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt className={isOff ? "text-muted-foreground line-through" : undefined}>{does}</dt>
      <dd>
        <KbdGroup>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </KbdGroup>
      </dd>
    </div>
  )
}
