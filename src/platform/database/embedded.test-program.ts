import { startEmbedded } from './embedded.ts'
import { onStopSignal } from './stopping.ts'

// A process of its own for the tests that kill one: `node embedded.test-program.ts <folder> <elsewhere>`.

const [folder = '', elsewhere = ''] = process.argv.slice(2)
try {
  const server = await startEmbedded({ folder, elsewhere, say: console.log })
  onStopSignal(server.stop)
  console.log(JSON.stringify({ url: server.url, pid: server.pid }))
} catch (error) {
  console.log(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
