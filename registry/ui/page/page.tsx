import { ArrowLeftIcon } from "lucide-react"
import { type ReactNode, useEffect, useId } from "react"
import { cn } from "@/lib/utils"
import { type Place, PlaceLink } from "../data/navigation.tsx"

/** What every page looks like: a heading, what can be done here, and what there is. */
export function Page({
  title,
  description,
  actions,
  back,
  badge,
  children,
}: {
  title: string
  description?: ReactNode
  actions?: ReactNode
  /** Where one comes from, when this is a part of it. */
  back?: { to: Place; label: string } | undefined
  /** Beside the title: a status. */
  badge?: ReactNode
  children: ReactNode
}) {
  useDocumentTitle(title)
  return (
    <div className="mx-auto flex w-full max-w-[120rem] flex-col gap-5 px-4 py-5 sm:px-6">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          {back && (
            <PlaceLink
              to={back.to}
              className="inline-flex w-fit items-center gap-1 rounded-sm text-muted-foreground text-sm hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
            >
              <ArrowLeftIcon aria-hidden className="size-3.5" />
              {back.label}
            </PlaceLink>
          )}
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl leading-tight tracking-tight">
              {title}
            </h1>
            {badge}
          </div>
          {description && <div className="max-w-prose text-muted-foreground text-sm">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 empty:hidden">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** Part of a page under its own heading. */
export function Section({
  title,
  description,
  actions,
  isFlush = false,
  className,
  children,
}: {
  title: string
  description?: ReactNode
  actions?: ReactNode
  /** For a table: it reaches to the edges. */
  isFlush?: boolean
  className?: string
  children: ReactNode
}) {
  const heading = useId()
  return (
    <section
      aria-labelledby={heading}
      className={cn("min-w-0 rounded-lg border bg-card text-card-foreground", className)}
    >
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2">
        <div className="min-w-0">
          <h2 id={heading} className="font-semibold text-sm">
            {title}
          </h2>
          {description && <div className="text-muted-foreground text-xs">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      <div className={isFlush ? FLUSH : "p-4"}>{children}</div>
    </section>
  )
}

/** The first and the last column stand below the title and what is at its end. */
const FLUSH =
  "[&_td:first-child]:pl-4 [&_td:last-child]:pr-4 [&_th:first-child]:pl-4 [&_th:last-child]:pr-4 [&>[aria-busy]]:px-4 [&>p]:px-4 [&>p]:py-3"

/** The name of the page before that of the app, which the document had at first. */
function useDocumentTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    const app = before.includes(SEPARATOR)
      ? before.slice(before.lastIndexOf(SEPARATOR) + SEPARATOR.length)
      : before
    document.title = app ? `${title}${SEPARATOR}${app}` : title
  }, [title])
}

const SEPARATOR = " · "
