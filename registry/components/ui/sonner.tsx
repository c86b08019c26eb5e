import type { CSSProperties } from "react"
import { Toaster as Sonner, type ToasterProps } from "sonner"

/** In the colours of the theme, so that it needs not know which of them is on. */
const colours = {
  "--normal-bg": "var(--popover)",
  "--normal-text": "var(--popover-foreground)",
  "--normal-border": "var(--border)",
  "--border-radius": "var(--radius)",
} as CSSProperties

function Toaster({ style, ...props }: ToasterProps) {
  return <Sonner className="toaster group" style={{ ...colours, ...style }} {...props} />
}

export { Toaster }
