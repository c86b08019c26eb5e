import type { ComponentProps } from "react"

interface GridPartProps extends ComponentProps<"div"> {
  role: "grid" | "rowgroup" | "row" | "columnheader" | "gridcell"
}

/**
 * Part of a grid whose rows are put at their places by hand. Elements of a table would lose their meaning to assistive
 * technology once they are laid out as anything but a table, so these say what they are.
 */
export function GridPart({ role, ...props }: GridPartProps) {
  return <div role={role} {...props} />
}
