/**
 * Runs `stop` once on Ctrl-C or SIGTERM and then ends the process as the signal would have. A second signal changes
 * nothing: what is being written is written. Returns what takes the listening back.
 */
export function onStopSignal(stop: () => Promise<void>): () => void {
  const codes = { SIGINT: 130, SIGTERM: 143 } as const
  let stopping = false
  const listen = (signal: NodeJS.Signals) => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(signal === 'SIGINT' ? codes.SIGINT : codes.SIGTERM),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', listen)
  process.on('SIGTERM', listen)
  return () => {
    process.off('SIGINT', listen)
    process.off('SIGTERM', listen)
  }
}
