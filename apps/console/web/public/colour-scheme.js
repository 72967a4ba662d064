// Runs before the first paint, so that a page opened at night never flashes white. A file of its own, because the
// content security policy allows no inline script.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // storage may be forbidden; the system's preference decides then
  }
  const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
  const scheme = chosen === 'light' || chosen === 'dark' ? chosen : prefersLight ? 'light' : 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
