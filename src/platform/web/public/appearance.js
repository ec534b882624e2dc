// Before the first paint, so that a page chosen to be dark never flashes light. The strict policy allows no inline script.
const chosen = localStorage.getItem('mantine-color-scheme-value')
if (chosen === 'light' || chosen === 'dark')
  document.documentElement.setAttribute('data-mantine-color-scheme', chosen)
