/** A no: the name of the rule it protects, a JSON pointer to what it refuses in the input, and words for people. */
export type Refusal = { readonly name: string; readonly pointer: string; readonly words: string }

/** Every refusal of a slice has its words here or does not compile; a rule may say more of the case at hand. */
export function refuser<const Words extends Readonly<Record<string, string>>>(words: Words) {
  return (name: keyof Words & string, pointer = '', more?: string): Refusal => ({
    name,
    pointer,
    words: more ?? words[name] ?? '',
  })
}
