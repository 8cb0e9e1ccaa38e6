import { front, site } from '#lib/articles.server.js';

export const load = () => ({ title: site.title, cards: front.cards });
