const actions = {
  log: () => window.passerby?.log('warn', 'The oven is getting cold', { temperature: 140 }),
  error: () => {
    throw new Error('The oven door is stuck');
  },
};

addEventListener('click', (click) => {
  const action = click.target.closest('[data-do]');
  if (action) actions[action.dataset.do]();

  const step = click.target.closest('[data-step]');
  if (step && !click.ctrlKey && !click.metaKey && !click.shiftKey) {
    click.preventDefault();
    history.pushState(null, '', step.href);
    show(step.dataset.step);
  }
});

addEventListener('popstate', () => {
  const step = [...document.querySelectorAll('[data-step]')].find((link) => link.pathname === location.pathname);
  if (step) show(step.dataset.step);
});

function show(step) {
  document.title = `${step} – The Corner Bakery`;
  document.getElementById('step').textContent = step;
}
