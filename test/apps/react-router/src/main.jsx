import { createRoot } from 'react-dom/client';
import { createBrowserRouter, createHashRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { Late, Moved, Page } from './pages.jsx';

const create = import.meta.env.MODE === 'hash' ? createHashRouter : createBrowserRouter;
const router = create([
  { path: '/', element: <Page key="home" title="Home" /> },
  { path: '/a', element: <Page key="a" title="A" /> },
  { path: '/b/1', element: <Page key="b1" title="B 1" /> },
  { path: '/b/2', element: <Page key="b2" title="B 2" /> },
  { path: '/late', element: <Late /> },
  { path: '/moved', element: <Moved key="moved" to="/moved/on" /> },
  { path: '/moved/on', element: <Moved key="on" to="/a" /> },
]);

createRoot(document.getElementById('root')).render(<RouterProvider router={router} />);
