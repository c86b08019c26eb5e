import { CheckIcon, CopyIcon } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { cn } from "@/lib/utils"
import { told } from "./toast.ts"

/** Copies a value. `label` says what it is: `Copy the address`. */
export function CopyButton({
  value,
  label,
  showsLabel = false,
  className,
}: {
  value: string
  label: string
  showsLabel?: boolean
  className?: string
}) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Browsers only let pages over HTTPS and on this computer write there.
      told.failed(
        new Error("The browser does not let this page copy. Select it and copy it by hand."),
        "Could not copy",
      )
    }
  }

  const Icon = isCopied ? CheckIcon : CopyIcon
  return (
    <Button
      type="button"
      variant={showsLabel ? "outline" : "ghost"}
      size={showsLabel ? "sm" : "icon-xs"}
      title={showsLabel ? undefined : label}
      className={cn(!showsLabel && "text-muted-foreground", className)}
      onClick={() => void copy()}
    >
      <Icon aria-hidden />
      <span className={showsLabel ? undefined : "sr-only"}>{label}</span>
      <span role="status" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </Button>
  )
}
