import { articles } from '#lib/articles.server.js';

export const entries = () => articles.map(({ section, slug }) => ({ section, slug }));

export const load = ({ params }) => ({
	article: articles.find((it) => it.section === params.section && it.slug === params.slug)
});
