import type { Contract } from '../contract/compile.ts'
import { attributeTitle, ownAttributes } from '../contract/fact/fact-kind.ts'
import type { Type } from '../contract/type.ts'
import type { Field } from './shown.ts'

/** The attributes that a kind of fact has of its own: what is always there, and what follows from when, is not asked. */
export function fieldsOf(kind: string, contract: Contract): Field[] {
  const known = contract.factKinds.get(kind)
  if (!known) return []
  return ownAttributes(known).map(([name, type]) => ({
    name,
    title: attributeTitle(known, name),
    ...fieldType(type),
    required: false,
  }))
}

/** What a form asks for a value of a type. */
export function fieldType(type: Type): Pick<Field, 'type' | 'unit' | 'choices'> {
  switch (type.is) {
    case 'choice':
      return { type: 'choice', choices: [...type.words] }
    case 'number':
      return { type: 'number', ...(type.unit !== undefined && { unit: type.unit }) }
    case 'length':
      return { type: 'duration' }
    case 'money':
    case 'truth':
    case 'date':
    case 'instant':
      return { type: type.is }
    default:
      return { type: 'text' }
  }
}
