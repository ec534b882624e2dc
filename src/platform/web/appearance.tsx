import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import styles from './shell.module.css'

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const
const words = { auto: 'As the system', light: 'Light', dark: 'Dark' }
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }

/** Light, dark, or as the reader's system says. Kept by this browser. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = icons[colorScheme]
  return (
    <button
      type="button"
      className={styles['quiet']}
      onClick={() => setColorScheme(next[colorScheme])}
      aria-label={`Appearance: ${words[colorScheme]}. Change to ${words[next[colorScheme]]}`}
    >
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      {words[colorScheme]}
    </button>
  )
}
