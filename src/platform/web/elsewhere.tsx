import { createContext, use } from 'react'
import { Go, Line, PageHead, Stack } from './layout.tsx'
import { ProblemNotice } from './notice.tsx'
import { headingOf, type Problem } from './problem.ts'

type Place = { readonly to: string; readonly title: string }

const PlacesContext = createContext<readonly Place[]>([])

/** The main places of who looks, so that no page is a dead end. */
export const PlacesProvider = PlacesContext

/** Where one may go instead, in words. */
export function Elsewhere() {
  const places = use(PlacesContext)
  if (places.length === 0) return null
  return (
    <nav aria-label="Elsewhere">
      <Line>
        {places.map(({ to, title }) => (
          <Go key={to} to={to}>
            {title}
          </Go>
        ))}
      </Line>
    </nav>
  )
}

type ProblemPageProps = {
  readonly problem: Problem
  readonly again: () => unknown
}

/** What stands in the place of a page that could not be told. */
export const ProblemPage = ({ problem, again }: ProblemPageProps) => (
  <>
    <PageHead title={headingOf(problem)} />
    <Stack>
      <ProblemNotice problem={problem} {...(isWorthRepeating(problem) && { again })} />
      <Elsewhere />
    </Stack>
  </>
)

/** What is not there, or not for this reader, is so at the next try too. */
const isWorthRepeating = ({ status }: Problem) => status !== 404 && status !== 403
