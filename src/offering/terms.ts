export const offeringId = (name: string) => `off_${name}`
