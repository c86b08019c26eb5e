import { z } from "zod"

/** An id on the wire, a number or a text, as text. Numbers too large to be exact are refused. */
export const wireId = z.union([z.string().trim().min(1), z.int().transform(String)])
