export async function benchReplay(): Promise<void> {}
