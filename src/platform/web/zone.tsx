import { createContext, use } from 'react'
import { readerZone } from './words.ts'

const ZoneContext = createContext<string | undefined>(undefined)

/** Around everything of one agreement: what is said and entered there is in its time, wherever it is read. */
export const InZone = ZoneContext

/** Of what stands around, such as the agreement that a page is about; where there is nothing, the reader's own. */
export const useZone = (): string => use(ZoneContext) ?? readerZone()
