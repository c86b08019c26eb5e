import { Button } from "@/components/ui/button"

/** Something to know, and one thing to do. */
export function Message({
  title,
  text,
  action,
  onAction,
}: {
  title: string
  text: string
  action: string
  onAction: () => void
}) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-lg">{title}</h1>
      <p className="text-muted-foreground text-sm">{text}</p>
      <Button variant="outline" onClick={onAction}>
        {action}
      </Button>
    </div>
  )
}
