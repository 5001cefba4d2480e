export type Theme = 'dark' | 'light'

const key = 'caseroom.theme'

export function theme(): Theme {
  return document.documentElement.dataset.theme === 'light' ? 'light' : 'dark'
}

/** Dark unless this browser was told otherwise. */
export function applyStoredTheme(): void {
  document.documentElement.dataset.theme = localStorage.getItem(key) === 'light' ? 'light' : 'dark'
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(key, chosen)
  document.documentElement.dataset.theme = chosen
}
