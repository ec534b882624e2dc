/** What the files of one test run share: each is made in the process of the run when the first file asks for it. */
export type Shared = 'database' | 'pages'

/** Where that process answers; unset where no tests run. */
export const sharedVariable = 'TESSERA_TEST_RUN'

/** The URL of a PostgreSQL server, or the folder of the built pages. Undefined outside a test run. */
export async function shared(what: Shared): Promise<string | undefined> {
  const run = process.env[sharedVariable]
  if (run === undefined) return undefined
  const answer = await fetch(`${run}/${what}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}
