import { init } from '@passerby/sdk/full';
import { createRoot } from 'react-dom/client';
import { App } from './app.jsx';

// Before anything is drawn: the first view is that of the address the visitor came to. The router's changes of the
// address are seen by themselves.
init({ site: 'shop.example', to: 'https://stats.example.com/in', release: '2026.11' });

createRoot(document.getElementById('app')).render(<App />);
