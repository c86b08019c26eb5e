import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from "recharts"
import { type ChartConfig, ChartContainer, ChartTooltip, ChartTooltipContent } from "@/components/ui/chart"
import { clockWords } from "../../format/instants.ts"
import type { ChangeHour } from "./change-hours.ts"

const series = {
  added: { label: "Added", color: "var(--good)" },
  changed: { label: "Changed", color: "var(--busy)" },
  removed: { label: "Removed", color: "var(--bad)" },
} satisfies ChartConfig

const tick = { fill: "var(--muted-foreground)" }

/** When things changed. The counts beside it say how much; a reader of the screen needs no more. */
export default function ChangesChart({ hours }: { hours: ChangeHour[] }) {
  return (
    <ChartContainer config={series} className="aspect-auto h-36 w-full" aria-hidden="true">
      <BarChart data={hours} margin={{ left: 0, right: 0, top: 4, bottom: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="start"
          tick={tick}
          tickFormatter={(start: number) => clockWords(new Date(start))}
          tickLine={false}
          axisLine={false}
          minTickGap={32}
        />
        <YAxis allowDecimals={false} width={28} tick={tick} tickLine={false} axisLine={false} />
        <ChartTooltip
          isAnimationActive={false}
          content={<ChartTooltipContent labelFormatter={(start) => clockWords(new Date(Number(start)))} />}
        />
        {Object.keys(series).map((key) => (
          <Bar
            key={key}
            dataKey={key}
            stackId="changes"
            fill={`var(--color-${key})`}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ChartContainer>
  )
}
