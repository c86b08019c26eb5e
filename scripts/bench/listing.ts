import { z } from "../../registry/node_modules/zod/index.js"
