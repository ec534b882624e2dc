export async function benchOrders(): Promise<void> {}
