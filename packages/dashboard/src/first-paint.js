// Runs before anything is painted, so that a page never begins in the wrong scheme: see ../first-paint.plugin.ts.
// The rest of the dashboard reads `data-theme` and changes the choice (app/theme.ts).
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem(`${document.documentElement.dataset.base ?? ''}theme`);
    } catch {
      return null;
    }
  };
  const paint = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
  };
  paint();
  system.addEventListener('change', paint);
  addEventListener('storage', paint);
})();
