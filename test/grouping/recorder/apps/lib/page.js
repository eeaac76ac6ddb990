/** What the server wrote into the page: numbers and names that differ from visit to visit. */
export const facts = window.facts;

export const show = (text) => {
  document.querySelector('#out').textContent = text;
};

export const onClick = (id, act) => {
  document.getElementById(id).addEventListener('click', act);
};
