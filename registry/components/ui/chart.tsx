import { type ComponentProps, type ComponentType, createContext, type ReactNode, useContext } from "react"
import {
  Legend,
  type LegendPayload,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  type TooltipPayloadEntry,
} from "recharts"
import { cn } from "@/lib/utils"

/** What the series of a chart are called, and their colours: `var(--color-<key>)` within it. */
export type ChartConfig = Record<
  string,
  {
    label?: ReactNode
    icon?: ComponentType
  } & ({ color?: string; theme?: never } | { color?: never; theme: Record<"light" | "dark", string> })
>

const Config = createContext<ChartConfig | undefined>(undefined)

function useChart(): ChartConfig {
  const config = useContext(Config)
  if (!config) throw new Error("This needs a <ChartContainer> around it.")
  return config
}

function ChartContainer({
  className,
  config,
  children,
  style,
  ...props
}: ComponentProps<"div"> & {
  config: ChartConfig
  children: ComponentProps<typeof ResponsiveContainer>["children"]
}) {
  return (
    <Config value={config}>
      <div
        data-slot="chart"
        className={cn(
          "flex aspect-video justify-center text-xs [&_.recharts-cartesian-axis-tick-value]:fill-muted-foreground [&_.recharts-cartesian-grid_line]:stroke-border [&_.recharts-rectangle.recharts-tooltip-cursor]:fill-muted [&_.recharts-surface]:outline-none",
          className,
        )}
        style={{ ...coloursOf(config), ...style }}
        {...props}
      >
        <ResponsiveContainer initialDimension={{ width: 320, height: 200 }}>{children}</ResponsiveContainer>
      </div>
    </Config>
  )
}

/** As properties of one element: a style sheet written into the page would need a looser content security policy. */
function coloursOf(config: ChartConfig): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, { color, theme }]) => {
      const value = theme ? `light-dark(${theme.light}, ${theme.dark})` : color
      return value ? [[`--color-${key}`, value]] : []
    }),
  )
}

const ChartTooltip = Tooltip

function ChartTooltipContent({
  active,
  payload,
  label,
  className,
  hideLabel = false,
  labelFormatter,
}: Partial<TooltipContentProps> & {
  className?: string
  hideLabel?: boolean
}) {
  const config = useChart()
  if (!active || !payload?.length) return null
  return (
    <div
      className={cn(
        "grid min-w-32 gap-1.5 rounded-md border bg-popover px-2.5 py-1.5 text-popover-foreground text-xs shadow-md",
        className,
      )}
    >
      {!hideLabel && (
        <div className="font-medium">{labelFormatter ? labelFormatter(label, payload) : label}</div>
      )}
      {payload.map((item) => (
        <TooltipLine key={String(item.dataKey)} item={item} config={config} />
      ))}
    </div>
  )
}

function TooltipLine({ item, config }: { item: TooltipPayloadEntry; config: ChartConfig }) {
  const series = config[String(item.dataKey)] ?? config[String(item.name)]
  return (
    <div className="flex items-center gap-2">
      <span className="size-2.5 shrink-0 rounded-[2px]" style={{ backgroundColor: item.color }} />
      <span className="text-muted-foreground">{series?.label ?? item.name}</span>
      <span className="ml-auto pl-3 font-medium tabular-nums">{String(item.value ?? "")}</span>
    </div>
  )
}

const ChartLegend = Legend

function ChartLegendContent({
  className,
  payload,
}: {
  className?: string
  payload?: readonly LegendPayload[]
}) {
  const config = useChart()
  return (
    <ul className={cn("flex flex-wrap items-center justify-center gap-x-4 gap-y-1 pt-3", className)}>
      {payload?.map((item) => (
        <li key={String(item.dataKey)} className="flex items-center gap-1.5">
          <span className="size-2 shrink-0 rounded-[2px]" style={{ backgroundColor: item.color }} />
          {config[String(item.dataKey)]?.label ?? item.value}
        </li>
      ))}
    </ul>
  )
}

export { ChartContainer, ChartLegend, ChartLegendContent, ChartTooltip, ChartTooltipContent }
