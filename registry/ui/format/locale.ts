/** The words of the dashboard are English, and so are those that the browser makes: as the reader writes English, if they do. */
export const language =
  globalThis.navigator?.languages?.find((tag) => tag === "en" || tag.startsWith("en-")) ?? "en"

/** Whether clocks count to twelve or to twenty-four, where the reader is. */
export const hourCycle = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hourCycle
