import { Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { chooseTheme, theme } from './theme.ts'

export function ThemeButton() {
  const [now, setNow] = useState(theme)
  const other = now === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      icon={now === 'dark' ? Sun : Moon}
      name={`Use the ${other} theme`}
      onPress={() => {
        chooseTheme(other)
        setNow(other)
      }}
    />
  )
}
