import { init, trackErrors, trackViews } from 'swetrix';

init('page', { apiURL: 'http://stats.example.com/in' });
trackViews();
trackErrors();
