// Runs before the first paint, so that no theme flashes. Everything else is a module.
try {
  document.documentElement.dataset.choice = localStorage.getItem('hyperflow.theme') ?? 'auto';
} catch {
  // Storage may be forbidden; the system's theme is used then.
  document.documentElement.dataset.choice = 'auto';
}
document.documentElement.dataset.theme =
  document.documentElement.dataset.choice !== 'auto'
    ? document.documentElement.dataset.choice
    : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
